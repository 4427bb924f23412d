package io.ruche.scheduler;

import io.ruche.core.Cancellation;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.Settlement;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of attempts: each keeps the worker's slots and stake in step and records its fact. */
final class AttemptBook {
  private final PoolState pool;
  private final Ratings ratings;

  AttemptBook(PoolState pool) {
    this.pool = pool;
    this.ratings = new Ratings(pool);
  }

  Attempt assign(PoolTask task, WorkerSession worker, Instant now) {
    var attempt = new Attempt(
        new AttemptId(task.id(), task.attempts().nextNumber()),
        worker.machine(),
        worker.worker(),
        worker.owner(),
        task.release(),
        now,
        runTimeout(task, now));
    task.attempts().add(attempt);
    worker.took(attempt);
    worker.reserve(task.stakeOf(attempt.release()));
    if (task.cancellation() != null) {
      attempt.cancelTold(now);
    }
    pool.outbox().record(assignedFact(task, attempt));
    pool.outbox().send(assignCommand(task, attempt));
    return attempt;
  }

  void sendAgain(PoolTask task, Attempt attempt, Instant now) {
    attempt.resent(now);
    pool.outbox().send(assignCommand(task, attempt));
  }

  void committed(PoolTask task, Attempt attempt, Digest commit, Instant now) {
    pool.outbox().record(new Fact.AttemptCommitted(attempt.id(), commit));
    ran(task, attempt, now);
    attempt.committed(commit, now);
    freeSlot(attempt);
  }

  void authorize(PoolTask task, Attempt attempt, @Nullable Settlement settlement, Instant now) {
    if (!attempt.isAuthorized()) {
      pool.outbox().record(new Fact.AttemptAuthorized(attempt.id()));
    }
    attempt.authorized(now, now.plus(task.deadlines().overhead()));
    sendAuthorize(attempt, settlement);
  }

  void sendAuthorize(Attempt attempt, @Nullable Settlement settlement) {
    pool.outbox()
        .send(new Command.Authorize(attempt.machine(), attempt.worker(), attempt.id(), settlement));
  }

  /** Also for an attempt that was given up and contributed nevertheless. */
  void contributed(PoolTask task, Attempt attempt, Instant now) {
    var worker = pool.workforce().find(attempt.machine());
    if (worker != null && !attempt.isPending()) {
      worker.reserve(task.stakeOf(attempt.release()));
    }
    ran(task, attempt, now);
    attempt.contributed(now);
    if (worker != null) {
      worker.freed(attempt);
      worker.waits(attempt);
    }
  }

  void failed(PoolTask task, Attempt attempt, Failure failure, String detail, Instant now) {
    pool.outbox()
        .record(new Fact.AttemptFailed(attempt.id(), failure.code(), failure.exitCode(), detail));
    if (failure.code() == FailureCode.INFRASTRUCTURE) {
      ratings.failed(attempt.machine(), now);
    }
    if (attempt.isPending()) {
      letGo(task, attempt);
    }
    attempt.failed(failure, detail, now);
  }

  void drop(PoolTask task, Attempt attempt, DropReason reason, Instant now) {
    pool.outbox().record(new Fact.AttemptDropped(attempt.id(), reason));
    boolean isItsFault = reason == DropReason.LOST
        || reason == DropReason.LOST_RUNNING
        || reason == DropReason.TIMED_OUT;
    if (isItsFault) {
      ratings.failed(attempt.machine(), now);
    }
    if (attempt.isPending()) {
      letGo(task, attempt);
    }
    attempt.dropped(reason, now);
  }

  /** Drops it and tells the worker to stop. */
  void abort(PoolTask task, Attempt attempt, DropReason reason, String why, Instant now) {
    drop(task, attempt, reason, now);
    pool.outbox().send(new Command.Abort(attempt.machine(), attempt.id(), why));
  }

  /** Stops what can no longer count; a contribution already made is left alone. */
  void abortPending(PoolTask task, String why, Instant now) {
    var pending = task.attempts().pending();
    for (int i = 0; i < pending.size(); i++) {
      if (!pending.get(i).is(State.CONTRIBUTED)) {
        abort(task, pending.get(i), DropReason.NOT_NEEDED, why, now);
      }
    }
  }

  void revive(PoolTask task, Attempt attempt, Instant now) {
    pool.outbox().record(new Fact.AttemptRevived(attempt.id()));
    attempt.revived(now, runTimeout(task, now));
    var worker = pool.workforce().find(attempt.machine());
    if (worker != null) {
      if (attempt.is(State.COMMITTED)) {
        worker.waits(attempt);
      } else {
        worker.holds(attempt);
      }
      worker.reserve(task.stakeOf(attempt.release()));
    }
  }

  void certify(PoolTask task, Attempt attempt, Failure failure, Instant now) {
    pool.outbox().record(new Fact.FailureCertified(attempt.id(), failure));
    attempt.certifying(failure, now, now.plus(task.deadlines().overhead()));
    var worker = pool.workforce().find(attempt.machine());
    if (worker != null) {
      worker.reserve(task.stakeOf(attempt.release()));
      worker.waits(attempt);
    }
    sendCertify(attempt, failure);
  }

  void sendCertify(Attempt attempt, Failure failure) {
    pool.outbox()
        .send(new Command.CertifyFailure(
            attempt.machine(),
            attempt.worker(),
            attempt.id(),
            failure,
            !attempt.handsInFirst(failure)));
  }

  void sendCancel(Attempt attempt, Cancellation cancellation, Instant now) {
    attempt.cancelTold(now);
    pool.outbox().send(new Command.Cancel(attempt.machine(), attempt.id(), cancellation));
  }

  /** The task is settled: the worker's locked stake is free again unless it was seized. */
  void settled(PoolTask task, Attempt attempt, boolean isSeized, Instant now) {
    var worker = pool.workforce().find(attempt.machine());
    ratings.settled(task, attempt, worker, now);
    if (worker == null) {
      return;
    }
    worker.forget(attempt);
    if (attempt.isPending() && isSeized) {
      worker.released(task.stakeOf(attempt.release()));
    } else if (attempt.isPending()) {
      worker.release(task.stakeOf(attempt.release()));
    }
  }

  Fact assignedFact(PoolTask task, Attempt attempt) {
    return new Fact.AttemptAssigned(
        attempt.id(),
        task.deal().id(),
        task.index(),
        attempt.machine(),
        attempt.worker(),
        attempt.owner(),
        attempt.isAuthorized(),
        attempt.assignedAt());
  }

  Instant runTimeout(PoolTask task, Instant from) {
    return from.plus(task.deal().limits().runTime()).plus(task.deadlines().overhead());
  }

  private Command assignCommand(PoolTask task, Attempt attempt) {
    return new Command.Assign(
        attempt.machine(),
        attempt.worker(),
        attempt.id(),
        task.deal().id(),
        task.index(),
        limits(task, attempt),
        attempt.release(),
        attempt.isAuthorized(),
        task.deadlines().contribution(),
        task.cancellation());
  }

  /** A task that nobody can run is given to machines that offer less, who will say so. */
  private RunLimits limits(PoolTask task, Attempt attempt) {
    var limits = task.deal().limits();
    var worker = pool.workforce().find(attempt.machine());
    return worker == null || worker.offer().memoryMiB() >= limits.memoryMiB()
        ? limits
        : limits.withMemoryMiB(worker.offer().memoryMiB());
  }

  /** Its run has ended, unless that was known. */
  private void ran(PoolTask task, Attempt attempt, Instant now) {
    if (attempt.is(State.ASSIGNED)) {
      attempt.ran(Duration.between(attempt.assignedAt(), now));
      task.deal().runTimes().add(attempt.ranFor());
      pool.workforce().record(attempt.machine()).ran(task.deal());
    }
  }

  private void freeSlot(Attempt attempt) {
    var worker = pool.workforce().find(attempt.machine());
    if (worker != null) {
      worker.freed(attempt);
    }
  }

  private void letGo(PoolTask task, Attempt attempt) {
    var worker = pool.workforce().find(attempt.machine());
    if (worker != null) {
      worker.forget(attempt);
      worker.release(task.stakeOf(attempt.release()));
    }
  }
}
