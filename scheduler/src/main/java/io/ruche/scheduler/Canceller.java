package io.ruche.scheduler;

import io.ruche.core.CallbackKind;
import io.ruche.core.Cancellation;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends a task that its requester stopped: as the certified failure CANCELLED.
 *
 * <pre>
 * none, overtaken → asked: the requester signed, and no run has a result that may count
 * none → asked: nobody was given the task in the time that its order allows
 * asked → certified: nobody with leave to contribute a result may still have one
 * asked → overtaken: a run has a result, or nobody can say that it has none; the task goes on
 * certified → the chain: as for every certified failure
 * </pre>
 *
 * <p>The rule: nobody is asked to vote CANCELLED beside a possible vote for a result, for the hub
 * takes the stake of whoever is in the minority, and both would be honest. So once a task is asked
 * to stop, no run of it gets leave to contribute; who had leave before must have said that it has
 * no result, by failed or refused, which a worker that has a digest on disk never says. Silence is
 * no word: a lost worker may contribute without us. It overtakes the cancel, as does everything
 * that shows a result: a commit, a contribution, a vote on chain. And once somebody was asked to
 * vote CANCELLED nothing overtakes it any more, and no other run gets leave.
 */
final class Canceller {
  static final Failure CANCELLED = new Failure(FailureCode.CANCELLED, 0);

  private final PoolState pool;
  private final AttemptBook book;
  private final Certifier certifier;

  /** What an attempt may still do to the rule. */
  private enum Standing {
    /** It has no leave that it could use for a result, or said that it has none. */
    STOPPED,
    /** It runs, and can be told to stop. */
    RUNS,
    /** It has a result, or cannot be stopped before it has one. */
    HAS_RESULT,
    /** It had leave, and was given up without a word of its own. */
    UNKNOWN
  }

  Canceller(PoolState pool, AttemptBook book, Certifier certifier) {
    this.pool = pool;
    this.book = book;
    this.certifier = certifier;
  }

  /** Why the task cannot be stopped now; null when it can. */
  @Nullable
  Reason obstacle(PoolTask task, Instant now) {
    var status = task.chain().status();
    if (status.isFinal()) {
      return new Reason.Settled(status);
    }
    if (!now.isBefore(task.deadlines().lastCall())) {
      return new Reason.TooLate(
          task.deadlines().contribution(), task.deadlines().end());
    }
    for (var attempt : task.attempts()) {
      if (standing(task, attempt) == Standing.HAS_RESULT) {
        return new Reason.HasResult(attempt.worker(), attempt.id().number());
      }
    }
    var vote = strangeVote(task);
    return vote != null || status == TaskStatus.REVEALING
        ? new Reason.AlreadyVoted(task.chain().votes().size())
        : null;
  }

  /** Records the requester's word; without effect where it comes too late, or again. */
  void ask(PoolTask task, ShellEvent.CancelAsked event, Instant now) {
    if (task.cancellation() == null && obstacle(task, now) == null) {
      task.cancel(event.requester(), event.cancellation(), now);
      pool.outbox()
          .record(new Fact.CancelAsked(
              task.deal().id(), task.index(), event.requester(), event.cancellation()));
    }
  }

  /**
   * Cancels a task that nobody was given in the time that its order allows. Without a machine that
   * knows how to, it goes on waiting.
   */
  void expire(PoolTask task, Instant now) {
    var end = task.deal().queueEnd();
    if (!task.attempts().isEmpty() || task.cancellation() != null || end.equals(Instant.MAX)) {
      return;
    }
    if (now.isBefore(end)) {
      task.wakeBy(end);
    } else if (!canNobodySayIt(task)) {
      var requester = task.deal().terms().deal().requester();
      ask(task, new ShellEvent.CancelAsked(task.id(), requester, Cancellation.ofQueue(end)), now);
    }
  }

  /** Drives an active task to its end, unless it is overtaken. */
  void drive(PoolTask task, Instant now) {
    boolean isCertified = isCertified(task);
    if (!isCertified && isOvertaken(task, now)) {
      task.overtakeCancel();
      pool.outbox().record(new Fact.CancelOvertaken(task.deal().id(), task.index()));
      return;
    }
    dropUseless(task, now);
    tell(task, now);
    certifier.sendAgain(task, CANCELLED, now);
    boolean isLastCall = !now.isBefore(task.deadlines().lastCall());
    task.wakeBy(isLastCall ? Instant.MAX : task.deadlines().lastCall());
    if (task.attempts().stream().noneMatch(one -> isInTheWay(task, one, isLastCall))) {
      certifier.certify(task, CANCELLED, now);
    }
  }

  /** Runs that have not stopped yet, as far as is known. */
  int running(PoolTask task) {
    return (int) task.attempts().stream()
        .filter(attempt -> standing(task, attempt) != Standing.STOPPED)
        .count();
  }

  /**
   * Somebody has leave to vote CANCELLED, or did. Where a contract waits for answers only, every
   * failure is the same vote, so one that is there may be of a run that failed by itself.
   */
  private boolean isCertified(PoolTask task) {
    boolean isVoteClear = task.deal().terms().deal().callbackKind() != CallbackKind.ANSWER;
    return task.attempts().stream().anyMatch(Canceller::isAskedToSaySo)
        || (isVoteClear
            && task.chain().votes().stream()
                .anyMatch(vote -> vote.resultHash().equals(resultHash(task))));
  }

  private static boolean isAskedToSaySo(Attempt attempt) {
    return attempt.wasCertified() && attempt.isFailedBy(FailureCode.CANCELLED);
  }

  private static Digest resultHash(PoolTask task) {
    return FailureVote.resultHash(task, CANCELLED);
  }

  private boolean isOvertaken(PoolTask task, Instant now) {
    if (strangeVote(task) != null || hasAny(task, Standing.HAS_RESULT)) {
      return true;
    }
    var patienceEnd = task.cancelledAt().plus(pool.policy().workerLostAfter());
    if (now.isBefore(patienceEnd)) {
      task.wakeBy(patienceEnd);
      return false;
    }
    return hasAny(task, Standing.UNKNOWN) || canNobodySayIt(task);
  }

  private boolean hasAny(PoolTask task, Standing standing) {
    return task.attempts().stream().anyMatch(attempt -> standing(task, attempt) == standing);
  }

  private static ChainView.@Nullable Vote strangeVote(PoolTask task) {
    return task.chain().votes().stream()
        .filter(vote -> !vote.isRejected() && !vote.resultHash().equals(resultHash(task)))
        .findFirst()
        .orElse(null);
  }

  /** All workers that are there are too old. */
  private boolean canNobodySayIt(PoolTask task) {
    var connected =
        pool.workforce().all().stream().filter(WorkerSession::isConnected).toList();
    return !task.attempts().hasPending()
        && !connected.isEmpty()
        && connected.stream().noneMatch(worker -> worker.offer().knowsCancel());
  }

  private Standing standing(PoolTask task, Attempt attempt) {
    var vote = task.chain().voteOf(attempt.worker());
    boolean isHarmless =
        vote != null && (vote.isRejected() || vote.resultHash().equals(resultHash(task)));
    if (isHarmless || isAskedToSaySo(attempt)) {
      return Standing.STOPPED;
    }
    if (attempt.wasCertified() || isBeyondItsRun(attempt)) {
      return Standing.HAS_RESULT;
    }
    return switch (attempt.state()) {
      case ASSIGNED ->
        isDeaf(attempt) && attempt.isAuthorized() ? Standing.HAS_RESULT : Standing.RUNS;
      case COMMITTED, CONTRIBUTED, CERTIFYING -> Standing.HAS_RESULT;
      case FAILED -> Standing.STOPPED;
      case DROPPED -> standingOfDropped(attempt);
    };
  }

  private static boolean isBeyondItsRun(Attempt attempt) {
    return attempt.isAuthorized() && attempt.failure() == null && !attempt.needsSlot();
  }

  private static Standing standingOfDropped(Attempt attempt) {
    if (attempt.dropReason() == DropReason.HAS_DIGEST) {
      return Standing.HAS_RESULT;
    }
    boolean hasSpoken = attempt.dropReason() == DropReason.REFUSED || attempt.failure() != null;
    return hasSpoken || !attempt.isAuthorized() ? Standing.STOPPED : Standing.UNKNOWN;
  }

  /** Its machine is there and does not understand that a task is cancelled. */
  private boolean isDeaf(Attempt attempt) {
    var worker = pool.workforce().find(attempt.machine());
    return worker != null && worker.isConnected() && !worker.offer().knowsCancel();
  }

  /** Runs without leave that cannot be told, or whose result comes after the certification. */
  private void dropUseless(PoolTask task, Instant now) {
    for (var attempt : task.attempts().pending()) {
      boolean isUseless = switch (standing(task, attempt)) {
        case RUNS -> isDeaf(attempt);
        case HAS_RESULT -> !attempt.isAuthorized();
        case STOPPED -> isAnotherDigest(task, attempt);
        case UNKNOWN -> false;
      };
      if (isUseless) {
        book.abort(task, attempt, DropReason.NOT_NEEDED, "its requester cancelled the task", now);
      }
    }
  }

  private static boolean isAnotherDigest(PoolTask task, Attempt attempt) {
    var opening = attempt.opening();
    var callback = task.deal().terms().deal().callbackKind();
    return attempt.is(State.COMMITTED)
        && opening != null
        && !opening.digest().equals(FailureVote.digest(CANCELLED, callback));
  }

  private void tell(PoolTask task, Instant now) {
    for (var attempt : task.attempts()) {
      var standing = standing(task, attempt);
      if (standing == Standing.RUNS || standing == Standing.UNKNOWN) {
        tell(task, attempt, now);
      }
    }
  }

  /** Again and again, also whoever may come back. */
  private void tell(PoolTask task, Attempt attempt, Instant now) {
    var cancellation = task.cancellation();
    var pause = pool.policy().resendAfter();
    var last = attempt.cancelToldAt();
    boolean isDue = last.equals(Instant.MIN) || !now.isBefore(last.plus(pause));
    boolean isThere = pool.workforce().isConnected(attempt.machine()) && !isDeaf(attempt);
    if (isThere && isDue && cancellation != null) {
      book.sendCancel(attempt, cancellation, now);
    }
    task.wakeBy(isDue ? now.plus(pause) : last.plus(pause));
  }

  /** At the last call who has no leave is not waited for: it will not get any. */
  private boolean isInTheWay(PoolTask task, Attempt attempt, boolean isLastCall) {
    return switch (standing(task, attempt)) {
      case STOPPED -> false;
      case UNKNOWN -> true;
      case RUNS, HAS_RESULT -> attempt.isAuthorized() || !isLastCall;
    };
  }
}
