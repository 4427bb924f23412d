package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Learns from settled tasks and lost runs how good each machine is, and writes it down. */
final class Ratings {
  private final PoolState pool;

  Ratings(PoolState pool) {
    this.pool = pool;
  }

  /** The machine itself is to blame. */
  void failed(Address machine, Instant now) {
    var record = pool.workforce().record(machine);
    record.failed(now);
    note(machine, record);
  }

  /**
   * The task is settled: who won has done good work, who was outvoted has not.
   *
   * @param session of its machine; null when that is gone
   */
  void settled(PoolTask task, Attempt attempt, @Nullable WorkerSession session, Instant now) {
    boolean hasVoted = attempt.is(Attempt.State.CONTRIBUTED)
        && task.chain().hasVoted(attempt.worker())
        && task.attempts().votingOf(attempt.worker()) == attempt;
    if (task.chain().status() != TaskStatus.COMPLETED || !hasVoted) {
      return;
    }
    if (task.chain().isWinner(attempt.worker())) {
      won(task, attempt, session);
    } else {
      failed(attempt.machine(), now);
    }
  }

  private void won(PoolTask task, Attempt attempt, @Nullable WorkerSession session) {
    var record = session == null ? pool.workforce().record(attempt.machine()) : session.record();
    record.succeeded(session == null ? 0 : session.offer().slots());
    long fuel = leastFuel(task);
    if (fuel > 0) {
      long claim = session == null ? 0 : session.offer().claimedFuelPerSecond();
      record.sped(record.speed().with(claim, fuel, attempt.ranFor()));
    }
    note(attempt.machine(), record);
  }

  /** What the winners say that the run used, which is the same for all who tell the truth. */
  private static long leastFuel(PoolTask task) {
    long least = Long.MAX_VALUE;
    for (var attempt : task.attempts()) {
      var usage = attempt.usage();
      if (usage != null && task.chain().isWinner(attempt.worker())) {
        least = Math.min(least, usage.fuel() == null ? 0 : usage.fuel());
      }
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  private void note(Address machine, TrackRecord record) {
    if (record.isToBeNoted()) {
      record.noted();
      pool.outbox().record(Workforce.ratedFact(machine, record));
    }
  }
}
