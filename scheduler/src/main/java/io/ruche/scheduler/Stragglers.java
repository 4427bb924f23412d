package io.ruche.scheduler;

import io.ruche.scheduler.Attempt.State;
import java.time.Duration;
import java.time.Instant;

/**
 * The tail of a bag: a run that takes far longer than its likes gets a second machine beside it,
 * when nothing else waits for one. Only where the pool picks whose result counts (AFTER_RESULT): in
 * a vote a second copy would become a second contribution that nobody needs, and is paid for.
 */
final class Stragglers {
  /** A run that took so many times the median of its deal is one. */
  static final int TIMES_MEDIAN = 3;

  /** Whatever the median, nothing is copied sooner: fetching alone may take so long. */
  static final Duration SOONEST = Duration.ofSeconds(5);

  private final PoolState pool;
  private final Demand demand;
  private final Matcher matcher;

  Stragglers(PoolState pool, Demand demand, Matcher matcher) {
    this.pool = pool;
    this.demand = demand;
    this.matcher = matcher;
  }

  void drive(PoolTask task, Instant now) {
    if (!mayBeCopied(task, now)) {
      return;
    }
    var pending = task.attempts().pending();
    if (pending.size() != 1 || !pending.getFirst().is(State.ASSIGNED)) {
      return;
    }
    var median = task.deal().runTimes().median();
    var due = median == null ? Instant.MAX : pending.getFirst().assignedAt().plus(patience(median));
    boolean isCopied =
        !now.isBefore(due) && pool.ready().size() == 0 && matcher.giveSpare(task, now);
    if (!isCopied) {
      var lookAgain = now.plus(pool.policy().resendAfter());
      task.wakeBy(now.isBefore(due) && due.isBefore(lookAgain) ? due : lookAgain);
    }
  }

  private boolean mayBeCopied(PoolTask task, Instant now) {
    return task.release() == Release.AFTER_RESULT
        && task.cancellation() == null
        && !demand.isExhausted(task)
        && now.isBefore(task.deadlines().assignCutoff());
  }

  private static Duration patience(Duration median) {
    var times = median.multipliedBy(TIMES_MEDIAN);
    return times.compareTo(SOONEST) < 0 ? SOONEST : times;
  }
}
