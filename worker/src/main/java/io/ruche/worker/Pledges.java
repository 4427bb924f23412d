package io.ruche.worker;

import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests that may have left this machine although their attempts are gone: a later attempt of the
 * same task must not give another. Forgotten once nothing can be contributed any more.
 */
final class Pledges {
  /** No new work is taken while so many are open. */
  static final int MAX = 10_000;

  /** Settled tasks that are remembered; older ones are the chain's business alone. */
  static final int MAX_SETTLED = 4_096;

  private final Map<TaskId, Fact.Pledged> open = new HashMap<>();
  private final LinkedHashSet<TaskId> settled = new LinkedHashSet<>();

  void add(Fact.Pledged pledge) {
    open.merge(pledge.task(), pledge, Pledges::later);
  }

  /** The chain takes no contribution to this task any more; remembered as long as there is room. */
  void settle(TaskId task) {
    settled.add(task);
    if (settled.size() > MAX_SETTLED) {
      settled.removeFirst();
    }
  }

  boolean isFull() {
    return open.size() >= MAX;
  }

  /** A contribution to this task may be, or was, on chain. */
  boolean isSent(TaskId task) {
    var pledge = open.get(task);
    return settled.contains(task) || (pledge != null && pledge.isSent());
  }

  /** The digest this task is bound to; null when it is free. */
  @Nullable
  Digest digestOf(TaskId task) {
    var pledge = open.get(task);
    return pledge == null ? null : pledge.digest();
  }

  void forgetBefore(Instant now) {
    open.values().removeIf(pledge -> pledge.until().isBefore(now));
  }

  List<Fact.Pledged> all() {
    return new ArrayList<>(open.values());
  }

  private static Fact.Pledged later(Fact.Pledged old, Fact.Pledged young) {
    return new Fact.Pledged(
        young.task(),
        young.digest(),
        old.isSent() || young.isSent(),
        old.until().isAfter(young.until()) ? old.until() : young.until());
  }
}
