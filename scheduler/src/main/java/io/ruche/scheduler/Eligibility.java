package io.ruche.scheduler;

import io.ruche.core.FailureCode;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a worker may run a task now; the answer is null, or the reason against it. */
final class Eligibility {
  /** Attempts of one task that one worker gets, whatever became of them. */
  static final int MAX_ATTEMPTS_PER_WORKER = 5;

  /** A worker that failed gets the task again after so many times the wait for other owners. */
  private static final int SECOND_CHANCE_WAITS = 3;

  private final SchedulerPolicy policy;
  private final Workforce workforce;

  Eligibility(SchedulerPolicy policy, Workforce workforce) {
    this.policy = policy;
    this.workforce = workforce;
  }

  @Nullable
  Reason reasonAgainst(WorkerSession worker, PoolTask task, Instant now) {
    var unable = reasonUnable(worker, task, now);
    return unable != null ? unable : reasonOfHistory(worker, task, now);
  }

  /** Reasons that lie in the worker, whatever happened to this task before. */
  @Nullable
  Reason reasonUnable(WorkerSession worker, PoolTask task, Instant now) {
    if (workforce.isDistrusted(worker.worker())) {
      return new Reason.BrokeItsCommit(worker.worker());
    }
    boolean isRun = task.cancellation() == null;
    if (!isRun && !worker.offer().knowsCancel()) {
      return new Reason.CannotCancel(worker.worker());
    }
    if (isRun && isTooOld(worker, task)) {
      return new Reason.TooOldForNeeds(worker.worker());
    }
    var stake = task.stakeOf(task.release());
    if (!worker.contributor().canStake(stake)) {
      return new Reason.StakeTooLow(worker.worker(), stake, worker.contributor().freeStake());
    }
    if (worker.stakeLeft().compareTo(stake) < 0) {
      return new Reason.CapReached(worker.machine(), stake, worker.stakeLeft(), worker.stakeCap());
    }
    var lack = isRun ? MachineFit.lack(worker, task.deal(), policy.admission()) : null;
    return lack != null && !mayAnybodyRun(task, now) ? lack : null;
  }

  /** It does not understand what the deal asks for, and would vote that the deal is invalid. */
  private static boolean isTooOld(WorkerSession worker, PoolTask task) {
    return worker.offer().machine() == null && !task.deal().machineNeeds().isNone();
  }

  /** A task that nobody can run is given to anybody, who will report that it is unsupported. */
  private boolean mayAnybodyRun(PoolTask task, Instant now) {
    if (!ReadyQueue.isKnownRuntime(task.deal().terms().app())) {
      return true;
    }
    var since = task.waitingSince();
    return since != null
        && !now.isBefore(since.plus(policy.failureWait()))
        && !isServable(task.deal(), now);
  }

  private boolean isServable(OpenDeal deal, Instant now) {
    return workforce.isOffered(deal.runtime())
        && (deal.machineNeeds().isNone()
            || deal.isFit(() -> fitsSomebody(deal), policy.failureWait(), now));
  }

  private boolean fitsSomebody(OpenDeal deal) {
    return workforce.all().stream()
        .anyMatch(worker -> worker.isConnected()
            && worker.offer().machine() != null
            && MachineFit.lack(worker, deal, policy.admission()) == null);
  }

  private @Nullable Reason reasonOfHistory(WorkerSession worker, PoolTask task, Instant now) {
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
      } else if (attempt.owner().equals(worker.owner())
          && (isAtWork(task, attempt) || attempt.isAuthorized())) {
        return new Reason.SameOwner(worker.worker(), attempt.worker());
      }
    }
    return own < MAX_ATTEMPTS_PER_WORKER ? null : new Reason.TriedOften(worker.worker(), own);
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
    var lastChance = task.halfTime(policy);
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
