package io.ruche.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.PriorityQueue;

/** Brings tasks and free slots together: late, when a slot is really free. */
final class Matcher {
  /** Idle workers that are tried for a task that begins to wait; heartbeats bring the others. */
  private static final int MAX_CANDIDATES = 32;

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Eligibility eligibility;

  /**
   * An idle worker.
   *
   * @param place of those that wait, from 0 for who waits longest
   */
  private record Candidate(WorkerSession worker, Rank rank, int place)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byRank = rank.compareTo(other.rank);
      return byRank != 0 ? byRank : Integer.compare(place, other.place);
    }
  }

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
    var candidates = candidates(task, now);
    while (wanted > 0 && !candidates.isEmpty()) {
      var worker = candidates.remove().worker();
      if (isSuitable(worker, task, now)) {
        wanted = give(worker, task, now);
      }
    }
  }

  /** Gives a task that wants no further run to an idle worker all the same, if any may take it. */
  boolean giveSpare(PoolTask task, Instant now) {
    var candidates = candidates(task, now);
    while (!candidates.isEmpty()) {
      var worker = candidates.remove().worker();
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
              candidate -> !now.isBefore(candidate.deadlines().mustStartBy()));
      if (task == null) {
        return;
      }
      give(worker, task, now);
    }
  }

  /** Those that wait longest, the best first: mostly no other is looked at. */
  private PriorityQueue<Candidate> candidates(PoolTask task, Instant now) {
    var candidates = new ArrayList<Candidate>(MAX_CANDIDATES);
    for (var worker : pool.workforce().longestIdle(MAX_CANDIDATES)) {
      var record = worker.record();
      var rank = Rank.of(
          record.failuresLately(now),
          record.resourcesThere(task.deal()),
          record.speed().believed(worker.offer().claimedFuelPerSecond()),
          worker.power());
      candidates.add(new Candidate(worker, rank, candidates.size()));
    }
    return new PriorityQueue<>(candidates);
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
    pool.ready().atWork(task, task.attempts().atWork());
    return demand.refresh(task, now);
  }
}
