package io.ruche.worker;

import io.ruche.core.Cancellation;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.Power;
import io.ruche.core.RunUsage;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TxHash;
import io.ruche.worker.availability.Stance;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is told. Any event may come twice, or for an attempt that is long gone; the
 * answer to a command always comes, as one of the events named there.
 */
public sealed interface Event {

  /** What concerns one attempt. */
  sealed interface OfAttempt extends Event {
    AttemptId id();
  }

  /** A session with the pool began; everything held is reported again. */
  record Connected() implements Event {}

  record Disconnected() implements Event {}

  record HeartbeatDue() implements Event {}

  /** Time has passed; sent about once a second. */
  record Tick() implements Event {}

  /** The process is about to stop: take nothing new, give back what has no digest yet. */
  record Leaving() implements Event {}

  /**
   * What the owner's machine allows from now on.
   *
   * @param why for people; empty when it works
   */
  record StanceTaken(Stance stance, String why) implements Event {}

  /** What the machine runs on from now on; the pool hears it with the next heartbeat. */
  record PowerSeen(Power power) implements Event {}

  // From the pool.

  /**
   * A task to run.
   *
   * @param cancellation null unless its requester cancelled it: then nothing is fetched or run
   */
  record Assigned(Assignment assignment, @Nullable Cancellation cancellation) implements OfAttempt {
    public Assigned(Assignment assignment) {
      this(assignment, null);
    }

    @Override
    public AttemptId id() {
      return assignment.id();
    }
  }

  /**
   * The pool's leave to contribute.
   *
   * @param settlement with which the task is finalized as well; null for a vote
   */
  record Authorized(
      AttemptId id, Signature authorization, @Nullable Settlement settlement)
      implements OfAttempt {}

  /**
   * The pool saw consensus on this worker's digest; the engine asks the chain before it reveals.
   */
  record RevealAsked(AttemptId id) implements OfAttempt {}

  record UploadAsked(AttemptId id, UploadTarget target) implements OfAttempt {}

  record Done(AttemptId id, String outcome) implements OfAttempt {}

  record Aborted(AttemptId id, String reason) implements OfAttempt {}

  /**
   * The pool wants the failure that was reported to be the task's end.
   *
   * @param authorization null when it is handed in first, as a result would be
   */
  record FailureCertified(
      AttemptId id, Failure failure, @Nullable Signature authorization) implements OfAttempt {}

  /** The pool says that the requester stops the task. */
  record CancelAsked(AttemptId id, Cancellation cancellation) implements OfAttempt {}

  // Answers of the machine.

  record Verified(AttemptId id, Terms terms) implements OfAttempt {}

  /** The chain does not confirm what the pool says. */
  record Mismatched(AttemptId id, String code, String detail) implements OfAttempt {}

  /** The deal's requester did sign. */
  record CancelChecked(AttemptId id, Terms terms) implements OfAttempt {}

  /** It did not, or that cannot be found out now. */
  record CancelRefused(AttemptId id, String code, String detail) implements OfAttempt {}

  record Fetched(AttemptId id) implements OfAttempt {}

  /**
   * The run gave a result.
   *
   * @param usage for the pool's books; nothing is decided on it
   */
  record RunFinished(AttemptId id, Digest digest, @Nullable RunUsage usage) implements OfAttempt {
    public RunFinished(AttemptId id, Digest digest) {
      this(id, digest, null);
    }
  }

  /**
   * Verifying, fetching, running or writing did not work out.
   *
   * @param usage of a run that came to its own end; null otherwise
   */
  record WorkFailed(
      AttemptId id,
      Failure failure,
      String detail,
      @Nullable RunUsage usage) implements OfAttempt {
    public WorkFailed(AttemptId id, Failure failure, String detail) {
      this(id, failure, detail, null);
    }
  }

  /** The certified failure lies in the result folder; this is its digest. */
  record FailureWritten(AttemptId id, Digest digest) implements OfAttempt {}

  // Answers of the chain.

  /** Mined, or found on chain. */
  record ContributionMined(AttemptId id, TxHash tx) implements OfAttempt {}

  record RevealMined(AttemptId id, TxHash tx) implements OfAttempt {}

  /**
   * A contribution, reveal or look at the chain failed; whether a transaction left is unknown.
   *
   * @param isRetryable false when the same call would fail again
   */
  record ChainFailed(AttemptId id, String code, String detail, boolean isRetryable)
      implements OfAttempt {}

  record ChainSeen(AttemptId id, ChainView view) implements OfAttempt {}

  // Answers of the upload.

  record Uploaded(AttemptId id) implements OfAttempt {}

  record UploadFailed(AttemptId id, String detail, boolean isRetryable) implements OfAttempt {}
}
