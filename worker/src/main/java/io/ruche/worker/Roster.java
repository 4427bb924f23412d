package io.ruche.worker;

import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attempts that are held, one per task, with the slots and the stake they take. */
final class Roster {
  private final WorkerPolicy policy;
  private final Outbox out;
  private final Map<TaskId, Attempt> byTask = new LinkedHashMap<>();
  private final ArrayDeque<Attempt> queue = new ArrayDeque<>();
  private final Pledges pledges = new Pledges();
  private TokenAmount reserved = TokenAmount.ZERO;
  private int busySlots;
  private boolean isSlotFreed;

  Roster(WorkerPolicy policy, Outbox out) {
    this.policy = policy;
    this.out = out;
  }

  @Nullable
  Attempt find(AttemptId id) {
    var attempt = byTask.get(id.task());
    return attempt != null && attempt.id().equals(id) ? attempt : null;
  }

  @Nullable
  Attempt ofTask(TaskId task) {
    return byTask.get(task);
  }

  Collection<Attempt> all() {
    return byTask.values();
  }

  /** A copy, for loops that may drop attempts. */
  List<Attempt> copy() {
    return new ArrayList<>(byTask.values());
  }

  Pledges pledges() {
    return pledges;
  }

  boolean isFull() {
    return room() == 0 || queue.size() >= policy.queue() + policy.slots() - busySlots;
  }

  int freeSlots() {
    int free = policy.slots() - busySlots - queue.size();
    return Math.max(0, Math.min(free, room()));
  }

  /** Attempts that may still be taken. */
  private int room() {
    if (byTask.size() < policy.held()) {
      return policy.held() - byTask.size();
    }
    int settled = 0;
    for (var attempt : byTask.values()) {
      settled += attempt.isSettled() ? 1 : 0;
    }
    int open = byTask.size() - settled;
    return settled >= WorkerPolicy.MAX_SETTLED ? 0 : Math.max(0, policy.held() - open);
  }

  void add(Attempt attempt) {
    byTask.put(attempt.id().task(), attempt);
  }

  void enqueue(Attempt attempt) {
    add(attempt);
    queue.addLast(attempt);
  }

  /** The next attempt that gets a slot, which it holds from now on; null when there is none. */
  @Nullable
  Attempt takeSlot() {
    if (busySlots >= policy.slots()) {
      return null;
    }
    var attempt = queue.pollFirst();
    if (attempt != null) {
      attempt.holdSlot(true);
      busySlots++;
    }
    return attempt;
  }

  /** It will not need the slot that it waits for, or has. */
  void freeSlot(Attempt attempt) {
    queue.remove(attempt);
    if (attempt.holdsSlot()) {
      attempt.holdSlot(false);
      busySlots--;
      isSlotFreed = true;
    }
  }

  /** The pool counts a slot for an attempt that took none here. */
  void freeUntakenSlot() {
    isSlotFreed = true;
  }

  /** Whether a slot became free since the last call. */
  boolean wasSlotFreed() {
    boolean was = isSlotFreed;
    isSlotFreed = false;
    return was;
  }

  /** Stake of attempts that will contribute and have not yet. */
  TokenAmount reserved() {
    return reserved;
  }

  void reserve(Attempt attempt, TokenAmount amount) {
    reserved = reserved.minus(attempt.reserved()).plus(amount);
    attempt.reserve(amount);
  }

  /** Ends an attempt; a digest that may have left and is not settled on chain stays pledged. */
  void drop(Attempt attempt) {
    freeSlot(attempt);
    reserve(attempt, TokenAmount.ZERO);
    byTask.remove(attempt.id().task());
    if (attempt.state() instanceof AttemptState.Voted voted) {
      pledge(attempt, voted);
      out.keep(new Fact.Dropped(attempt.id()));
    }
    out.order(new Command.Discard(attempt.id()));
  }

  /** Takes an attempt away that was dropped in an earlier life. */
  void forget(Attempt attempt) {
    byTask.remove(attempt.id().task());
  }

  private void pledge(Attempt attempt, AttemptState.Voted voted) {
    if (voted instanceof AttemptState.Revealed || voted instanceof AttemptState.Outvoted) {
      pledges.settle(attempt.id().task());
      return;
    }
    var pledge = new Fact.Pledged(
        attempt.id().task(),
        voted.vote().digest(),
        voted instanceof AttemptState.Sent,
        voted.vote().contributionDeadline());
    pledges.add(pledge);
    out.keep(pledge);
  }
}
