package io.ruche.scheduler;

import java.time.Instant;

/**
 * Brings tasks and free slots together: late, when a slot is really free. A machine whose runs are
 * very short is given its next ones a little earlier, but only of tasks that wait, so that nobody
 * else was free for them.
 */
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

  /** Offers a task to the best of those that wait longest; it queues for what it still wants. */
  void offer(PoolTask task, Instant now) {
    int wanted = demand.wanted(task, now);
    if (wanted > 0) {
      demand.noteWait(task, now);
      wanted = offerToIdle(task, wanted, now);
    }
    demand.queue(task, wanted, now);
  }

  private int offerToIdle(PoolTask task, int wanted, Instant now) {
    int left = wanted;
    var candidates = new Candidates(pool.workforce().longestIdle(MAX_CANDIDATES), task, now);
    for (var worker = candidates.next(); worker != null; worker = candidates.next()) {
      if (mayTake(worker, task, now)) {
        give(worker, task, now);
        left = demand.wanted(task, now);
        if (left == 0) {
          return 0;
        }
      }
    }
    return left;
  }

  /** Gives a task that wants no further run to an idle worker all the same, if any may take it. */
  boolean giveSpare(PoolTask task, Instant now) {
    var candidates = new Candidates(pool.workforce().longestIdle(MAX_CANDIDATES), task, now);
    for (var worker = candidates.next(); worker != null; worker = candidates.next()) {
      if (eligibility.reasonAgainst(worker, task, now) == null) {
        give(worker, task, now);
        demand.refresh(task, now);
        return true;
      }
    }
    return false;
  }

  /** Gives a worker as many of the most urgent tasks it may run as it wants. */
  void serve(WorkerSession worker, Instant now) {
    pool.workforce().slotsChanged(worker);
    while (worker.isConnected() && worker.wantsMore()) {
      var task = pool.ready()
          .findFor(
              worker,
              candidate -> isSuitable(worker, candidate, now),
              candidate -> !now.isBefore(candidate.deadlines().mustStartBy()));
      if (task == null) {
        return;
      }
      give(worker, task, now);
      demand.refresh(task, now);
    }
  }

  private boolean isSuitable(WorkerSession worker, PoolTask task, Instant now) {
    return mayTake(worker, task, now) && demand.wanted(task, now) > 0;
  }

  /** Also asks anew for the funds of one that seems to have too little of them. */
  private boolean mayTake(WorkerSession worker, PoolTask task, Instant now) {
    var reason = eligibility.reasonAgainst(worker, task, now);
    boolean isForStake =
        reason instanceof Reason.StakeTooLow || reason instanceof Reason.CapReached;
    if (isForStake && worker.mayAskFunds(now, pool.policy())) {
      pool.outbox().send(new Command.ObserveFunds(worker.machine(), worker.worker()));
    }
    return reason == null;
  }

  private void give(WorkerSession worker, PoolTask task, Instant now) {
    var attempt = book.assign(task, worker, now);
    pool.workforce().slotsChanged(worker);
    task.stalled(null);
    task.wakeBy(attempt.timeoutAt());
    pool.timers().set(task, task.wakeAt());
    pool.ready().atWork(task, task.attempts().atWork());
  }
}
