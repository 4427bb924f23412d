package io.ruche.scheduler;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Brings tasks and free slots together: late, when a slot is really free. */
final class Matcher {
  /** Idle workers that are tried for a task that begins to wait; heartbeats bring the others. */
  private static final int MAX_CANDIDATES = 32;

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Eligibility eligibility;

  Matcher(PoolState pool, AttemptBook book, Demand demand, Eligibility eligibility) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.eligibility = eligibility;
  }

  /** Offers a task to the best of those that wait longest. */
  void offer(PoolTask task, Instant now) {
    int wanted = demand.refresh(task, now);
    if (wanted == 0) {
      return;
    }
    for (var worker : ranked(task, now)) {
      if (wanted == 0) {
        return;
      }
      if (isSuitable(worker, task, now)) {
        wanted = give(worker, task, now);
      }
    }
  }

  /** Gives a task that wants no further run to an idle worker all the same, if any may take it. */
  boolean giveSpare(PoolTask task, Instant now) {
    for (var worker : ranked(task, now)) {
      if (eligibility.reasonAgainst(worker, task, now) == null) {
        give(worker, task, now);
        return true;
      }
    }
    return false;
  }

  /** Fills the free slots of a worker with the most urgent tasks it may run. */
  void serve(WorkerSession worker, Instant now) {
    pool.workforce().slotsChanged(worker);
    while (worker.isConnected() && worker.freeSlots() > 0) {
      var task = pool.ready()
          .findFor(
              worker,
              candidate -> isSuitable(worker, candidate, now),
              candidate -> !now.isBefore(candidate.mustStartBy(pool.policy())));
      if (task == null) {
        return;
      }
      give(worker, task, now);
    }
  }

  private List<WorkerSession> ranked(PoolTask task, Instant now) {
    var idle = pool.workforce().longestIdle(MAX_CANDIDATES);
    if (idle.size() < 2) {
      return idle;
    }
    var ranks = new HashMap<WorkerSession, Rank>();
    for (var worker : idle) {
      var record = pool.workforce().record(worker.machine());
      ranks.put(
          worker,
          Rank.of(
              record.failuresLately(now),
              record.resourcesThere(task.deal()),
              record.speed().believed(worker.offer().claimedFuelPerSecond())));
    }
    idle.sort(Comparator.comparing(ranks::get));
    return idle;
  }

  private boolean isSuitable(WorkerSession worker, PoolTask task, Instant now) {
    var reason = eligibility.reasonAgainst(worker, task, now);
    boolean isForStake =
        reason instanceof Reason.StakeTooLow || reason instanceof Reason.CapReached;
    if (isForStake && worker.mayAskFunds(now, pool.policy())) {
      pool.outbox().send(new Command.ObserveFunds(worker.machine(), worker.worker()));
    }
    return reason == null && demand.wanted(task, now) > 0;
  }

  private int give(WorkerSession worker, PoolTask task, Instant now) {
    var attempt = book.assign(task, worker, now);
    pool.workforce().slotsChanged(worker);
    task.stalled(null);
    task.wakeBy(attempt.timeoutAt());
    pool.timers().set(task, task.wakeAt());
    pool.ready().atWork(task, task.runsAtWork());
    return demand.refresh(task, now);
  }
}
