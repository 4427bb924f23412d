package io.ruche.scheduler;

import io.ruche.core.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one event leads to. */
final class Outbox {
  /** Tasks in one observe or claim command. */
  static final int MAX_BATCH = 50;

  private final List<Fact> facts = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final Set<TaskId> toObserve = new LinkedHashSet<>();
  private final List<TaskId> toClaim = new ArrayList<>();
  private final List<TaskKey> toInitializeAndClaim = new ArrayList<>();

  void record(Fact fact) {
    facts.add(fact);
  }

  void send(Command command) {
    commands.add(command);
  }

  void observe(TaskId task) {
    toObserve.add(task);
  }

  void claim(TaskId task) {
    toClaim.add(task);
  }

  void initializeAndClaim(TaskKey task) {
    toInitializeAndClaim.add(task);
  }

  Decision drain() {
    drainBatches();
    if (facts.isEmpty() && commands.isEmpty()) {
      return Decision.NOTHING;
    }
    var decision = new Decision(facts, commands);
    facts.clear();
    commands.clear();
    return decision;
  }

  private void drainBatches() {
    if (toObserve.isEmpty() && toClaim.isEmpty() && toInitializeAndClaim.isEmpty()) {
      return;
    }
    for (var batch : batches(List.copyOf(toObserve), MAX_BATCH)) {
      commands.add(new Command.Observe(batch));
    }
    for (var batch : batches(toClaim, MAX_BATCH)) {
      commands.add(new Command.Claim(batch));
    }
    for (var batch : batches(toInitializeAndClaim, MAX_BATCH)) {
      commands.add(new Command.InitializeAndClaim(batch));
    }
    toObserve.clear();
    toClaim.clear();
    toInitializeAndClaim.clear();
  }

  static <T> List<List<T>> batches(List<T> all, int size) {
    var batches = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += size) {
      batches.add(List.copyOf(all.subList(from, Math.min(all.size(), from + size))));
    }
    return batches;
  }
}
