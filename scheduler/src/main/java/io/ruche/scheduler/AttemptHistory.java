package io.ruche.scheduler;

import io.ruche.core.FailureCode;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a task before, and why a worker does not get it again or beside another. */
final class AttemptHistory {
  /** Attempts of one task that one worker gets, whatever became of them. */
  static final int MAX_ATTEMPTS_PER_WORKER = 5;

  /** A worker that failed gets the task again after so many times the wait for other owners. */
  private static final int SECOND_CHANCE_WAITS = 3;

  private final SchedulerPolicy policy;
  private final Workforce workforce;

  AttemptHistory(SchedulerPolicy policy, Workforce workforce) {
    this.policy = policy;
    this.workforce = workforce;
  }

  @Nullable
  Reason reasonAgainst(WorkerSession worker, PoolTask task, Instant now) {
    if (task.chain().hasVoted(worker.worker())) {
      return new Reason.AlreadyContributed(worker.worker());
    }
    int own = 0;
    for (var attempt : task.attempts()) {
      if (attempt.worker().equals(worker.worker())) {
        own++;
        var reason = reasonOfOwnAttempt(worker, task, attempt, own, now);
        if (reason != null) {
          return reason;
        }
      } else if (isAtWork(task, attempt) || attempt.isAuthorized()) {
        var reason = reasonBeside(worker, task, attempt, now);
        if (reason != null) {
          return reason;
        }
      }
    }
    return own < MAX_ATTEMPTS_PER_WORKER ? null : new Reason.TriedOften(worker.worker(), own);
  }

  /** Why a machine that comes back with a run must not go on with it beside others. */
  @Nullable
  Reason reasonAgainstReturn(WorkerSession worker, PoolTask task, Instant now) {
    for (var attempt : task.attempts()) {
      boolean isOthers = !attempt.worker().equals(worker.worker());
      if (isOthers && (isAtWork(task, attempt) || attempt.isAuthorized())) {
        var reason = reasonBeside(worker, task, attempt, now);
        if (reason != null) {
          return reason;
        }
      }
    }
    return null;
  }

  private @Nullable Reason reasonBeside(
      WorkerSession worker, PoolTask task, Attempt attempt, Instant now) {
    var kinship = reasonOfKinship(worker, attempt);
    return kinship != null ? kinship : reasonOfKind(worker, task, attempt, now);
  }

  /**
   * Results that differ by machine are compared among like machines only, as an honest one of
   * another kind would lose its stake. When half of the time is over any machine will do: a task
   * that ends without a vote costs everybody.
   */
  private @Nullable Reason reasonOfKind(
      WorkerSession worker, PoolTask task, Attempt attempt, Instant now) {
    boolean isCompared = task.deal().isResultOfKind()
        && task.cancellation() == null
        && (attempt.isPending() || task.chain().hasVoted(attempt.worker()));
    if (!isCompared || !now.isBefore(task.deadlines().halfTime())) {
      return null;
    }
    var kind = worker.record().architecture();
    var other = workforce.record(attempt.machine()).architecture();
    return kind.isEmpty() || other.isEmpty() || kind.equals(other)
        ? null
        : new Reason.OtherArchitecture(worker.worker(), kind, attempt.worker(), other);
  }

  /** Two votes that may be one person's. */
  private @Nullable Reason reasonOfKinship(WorkerSession worker, Attempt attempt) {
    if (attempt.owner().equals(worker.owner())) {
      return new Reason.SameOwner(worker.worker(), attempt.worker());
    }
    if (!policy.admission().isApartByAddress()) {
      return null;
    }
    var range = worker.record().addressRange();
    return !range.isEmpty() && range.equals(workforce.record(attempt.machine()).addressRange())
        ? new Reason.SameAddressRange(worker.worker(), attempt.worker(), range)
        : null;
  }

  /**
   * Each further attempt of a machine that failed or refused waits longer than the one before. A
   * worker's other machines need not wait, but never run the task at the same time: the hub takes
   * one contribution of theirs.
   */
  private @Nullable Reason reasonOfOwnAttempt(
      WorkerSession worker, PoolTask task, Attempt attempt, int own, Instant now) {
    if (isAtWork(task, attempt)) {
      return new Reason.AlreadyRunning(attempt.worker());
    }
    if (!attempt.machine().equals(worker.machine())) {
      return null;
    }
    var again = attempt.changedAt().plus(waitAfter(task, attempt).multipliedBy(own));
    if (now.isBefore(again)) {
      return new Reason.FailedIt(attempt.worker(), again);
    }
    var lastChance = task.deadlines().halfTime();
    return isItsFault(task, attempt) && now.isBefore(lastChance) && isAnybodyLeft(task)
        ? new Reason.FailedIt(attempt.worker(), lastChance)
        : null;
  }

  /**
   * A machine that failed a task gets it again only when no other is left to try, or when half of
   * the time is over: then those that are left seem unable, and the task must not be lost.
   */
  private boolean isAnybodyLeft(PoolTask task) {
    long tried = task.attempts().stream()
        .filter(attempt -> isItsFault(task, attempt) && workforce.isConnected(attempt.machine()))
        .map(Attempt::machine)
        .distinct()
        .count();
    return workforce.offering(task.deal().runtime()) > tried;
  }

  private static boolean isItsFault(PoolTask task, Attempt attempt) {
    boolean isFailed = attempt.is(State.FAILED) && !attempt.isFailedBy(FailureCode.CANCELLED);
    return task.cancellation() == null
        && (isFailed || attempt.dropReason() == DropReason.TIMED_OUT);
  }

  /**
   * A cancelled task is not tried again, so what failed before says nothing against a worker; nor
   * does it that it stopped when the requester said so.
   */
  private Duration waitAfter(PoolTask task, Attempt attempt) {
    if (attempt.is(State.FAILED) || attempt.dropReason() == DropReason.TIMED_OUT) {
      return task.cancellation() != null || attempt.isFailedBy(FailureCode.CANCELLED)
          ? Duration.ZERO
          : policy.failureWait().multipliedBy(SECOND_CHANCE_WAITS);
    }
    boolean isRefused =
        attempt.dropReason() == DropReason.REFUSED || attempt.dropReason() == DropReason.HAS_DIGEST;
    return isRefused ? policy.failureWait() : Duration.ZERO;
  }

  /** Also who has stopped at the requester's word, and waits to say so on chain. */
  private boolean isAtWork(PoolTask task, Attempt attempt) {
    boolean isStopped = task.cancellation() != null
        && attempt.is(State.FAILED)
        && attempt.isFailedBy(FailureCode.CANCELLED)
        && workforce.isConnected(attempt.machine());
    return attempt.isPending() || isStopped;
  }
}
