package io.ruche.scheduler;

import io.ruche.certify.WorkerRecord;
import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Cancellation;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Salt;
import java.time.Instant;
import java.util.List;

/**
 * What the engine decided or was told off chain and must still know after a restart. Facts of the
 * chain are not among them: they are read again. Applying the facts in order rebuilds the engine.
 */
public sealed interface Fact {
  /**
   * Whether something binding may leave this server because of it, so that it must be on disk
   * before: a signature, an answer to a person, a result that is called stored. The others are kept
   * in their order, and a power cut may take the last of them: workers and the chain tell them
   * again.
   */
  default boolean bindsPool() {
    return switch (this) {
      case AttemptAssigned assigned -> assigned.isAuthorized();
      case AttemptCommitted _, AttemptOpened _, AttemptJudged _ -> false;
      case DealAccepted _, TaskSettled _, DealClosed _ -> false;
      case WorkerRecorded _, MachineRated _ -> false;
      default -> true;
    };
  }

  record DealAccepted(Deal deal, Category category, App app) implements Fact {}

  /**
   * The deal left the chain in a reorganisation, for good unless it is accepted again: the logs
   * that come after a restart do not tell what they took back before.
   */
  record DealGone(DealId deal, Instant at) implements Fact {}

  /** Every task of the deal is settled, or the deal left the chain and its deadlines passed. */
  record DealClosed(DealId deal) implements Fact {}

  /**
   * Tasks of a deal that need no more work.
   *
   * @param below all tasks with a smaller index are settled
   * @param above settled tasks with a larger index
   */
  record TasksSettled(DealId deal, long below, List<Long> above) implements Fact {
    public TasksSettled {
      above = List.copyOf(above);
    }
  }

  record TaskSettled(DealId deal, long index) implements Fact {}

  record AttemptAssigned(
      AttemptId attempt,
      DealId deal,
      long index,
      Address machine,
      Address worker,
      Address owner,
      boolean isAuthorized,
      Instant at)
      implements Fact {}

  record AttemptCommitted(AttemptId attempt, Digest commit) implements Fact {}

  record AttemptAuthorized(AttemptId attempt) implements Fact {}

  record AttemptOpened(AttemptId attempt, Digest digest, Salt salt) implements Fact {}

  /** The worker reported that the run gave no result. */
  record AttemptFailed(AttemptId attempt, FailureCode code, int exitCode, String detail)
      implements Fact {}

  /** The attempt is given up without a result. */
  record AttemptDropped(AttemptId attempt, DropReason reason) implements Fact {}

  /** A dropped attempt turned out to be alive and is counted again. */
  record AttemptRevived(AttemptId attempt) implements Fact {}

  record FailureCertified(AttemptId attempt, Failure failure) implements Fact {}

  record ResultKept(AttemptId attempt, StoredResult result) implements Fact {}

  /** The requester stops the task; until it is overtaken. */
  record CancelAsked(DealId deal, long index, Address requester, Cancellation cancellation)
      implements Fact {}

  /** The task goes on as if nobody had stopped it. */
  record CancelOvertaken(DealId deal, long index) implements Fact {}

  /** The pool's method took a result for right; {@code attempt} is one that returned it. */
  record ResultBelieved(AttemptId attempt, Digest digest) implements Fact {}

  /** The attempt's result was compared; {@code record} is all that is known of the worker since. */
  record AttemptJudged(AttemptId attempt, Address worker, WorkerRecord record) implements Fact {}

  /** What is known of a worker, of whatever attempts. */
  record WorkerRecorded(Address worker, WorkerRecord record) implements Fact {}

  /** The worker broke its own commit, or was found out by a check; it gets no more work here. */
  record WorkerDistrusted(Address worker, AttemptId attempt) implements Fact {}

  /**
   * What a machine has shown of itself so far.
   *
   * @param fuelPerSecond as far as {@code confirmedRuns} certified runs confirm it
   * @param slots runs it gets at once
   */
  record MachineRated(Address machine, long fuelPerSecond, int confirmedRuns, int slots)
      implements Fact {}

  /** By word of the operator it gets no more work. */
  record WorkerBanned(Address worker, String reason) implements Fact {}

  /** It gets work again, whether it was banned or had broken a commit. */
  record WorkerReadmitted(Address worker) implements Fact {}

  /** By word of the operator the pool sells nothing more, since then. */
  record PoolDrained(Instant at) implements Fact {}

  /** It sells again. */
  record PoolResumed() implements Fact {}

  /** Why an attempt was given up. */
  enum DropReason {
    LOST,
    /** Lost while it ran, which the run may have caused. */
    LOST_RUNNING,
    REFUSED,
    /** Refused, because of a digest that it gave before and that may count or come to count. */
    HAS_DIGEST,
    TIMED_OUT,
    NOT_NEEDED
  }
}
