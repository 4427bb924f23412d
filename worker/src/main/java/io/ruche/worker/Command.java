package io.ruche.worker;

import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TxHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell must do, once the facts of the same decision are synced. Commands of one attempt
 * come in an order that must be kept only where one waits for the answer to the other.
 */
public sealed interface Command {

  /**
   * Read the deal on chain and compare: answered by {@link Event.Verified},
   * {@link Event.Mismatched} or {@link Event.WorkFailed}.
   *
   * @param authorization checked too when it is there
   * @param wasContributed an earlier attempt contributed; only when the chain, after a reorg, shows
   *     nothing of it may another do so
   */
  record Verify(
      AttemptId id,
      DealId deal,
      long index,
      @Nullable Signature authorization,
      boolean wasContributed)
      implements Command {}

  /**
   * Read the deal on chain and check that its requester signed: answered by
   * {@link Event.CancelChecked} or {@link Event.CancelRefused}. Comes beside whatever runs.
   */
  record CheckCancel(AttemptId id, DealId deal, long index, Cancellation cancellation)
      implements Command {}

  /** Answered by {@link Event.Fetched} or {@link Event.WorkFailed}. */
  record Fetch(AttemptId id) implements Command {}

  /**
   * Answered by {@link Event.RunFinished} or {@link Event.WorkFailed}.
   *
   * @param durable whether the result must outlive a power cut, as the vote for it does; one that
   *     the pool stores before anything is at stake need not
   */
  record Run(AttemptId id, RunLimits limits, boolean durable) implements Command {}

  /**
   * Answered by {@link Event.FailureWritten} or {@link Event.WorkFailed}.
   *
   * @param durable see {@link Run}
   */
  record WriteFailure(AttemptId id, Failure failure, boolean durable) implements Command {}

  /** Stop what runs for an attempt; no answer. */
  record Cancel(AttemptId id) implements Command {}

  /**
   * Stop every run where it stands, those included that just began; no answer. Said again each
   * second while it holds.
   */
  record PauseRuns() implements Command {}

  /** Let every run go on; no answer. */
  record ResumeRuns() implements Command {}

  /** Delete the attempt's folder; no answer. */
  record Discard(AttemptId id) implements Command {}

  /** Answered by {@link Event.ContributionMined} or {@link Event.ChainFailed}. */
  record Contribute(AttemptId id, DealId deal, Digest digest, Signature authorization)
      implements Command {}

  /** Answered by {@link Event.ContributionMined} or {@link Event.ChainFailed}. */
  record ContributeAndFinalize(
      AttemptId id, DealId deal, Digest digest, Signature authorization, Settlement settlement)
      implements Command {}

  /** Answered by {@link Event.ChainSeen} or {@link Event.ChainFailed}. */
  record LookAtChain(AttemptId id, Digest digest) implements Command {}

  /** Answered by {@link Event.RevealMined} or {@link Event.ChainFailed}. */
  record Reveal(AttemptId id, Digest digest) implements Command {}

  /** Answered by {@link Event.Uploaded} or {@link Event.UploadFailed}. */
  record Upload(AttemptId id, UploadTarget target) implements Command {}

  /** What the pool is told; lost without harm when the session ends, as it is said again. */
  sealed interface Report extends Command {}

  record Heartbeat(int freeSlots, List<Running> running, Power power) implements Report {
    public Heartbeat {
      running = List.copyOf(running);
    }

    public Heartbeat(int freeSlots, List<Running> running) {
      this(freeSlots, running, Power.UNKNOWN);
    }
  }

  /**
   * A slot became free.
   *
   * @param ahead attempts that are wanted beyond those that have a slot, as runs are short
   */
  record Slots(int free, int ahead) implements Report {
    public Slots(int free) {
      this(free, 0);
    }
  }

  /** An attempt that is still held. */
  record Running(AttemptId id, Phase phase) {}

  record Progress(AttemptId id, Phase phase, String detail) implements Report {}

  record Committed(AttemptId id, Digest commit, @Nullable RunUsage usage) implements Report {}

  /**
   * Opens the commit.
   *
   * @param isResultFirst the pool will ask for the archive next, so a small one may come along
   */
  record Opened(AttemptId id, Digest digest, Salt salt, boolean isResultFirst) implements Report {}

  record Contributed(AttemptId id, TxHash tx, @Nullable RunUsage usage) implements Report {}

  record Revealed(AttemptId id, TxHash tx) implements Report {}

  record Failed(AttemptId id, FailureCode code, int exitCode, String detail) implements Report {}

  record Refused(AttemptId id, String code, String detail) implements Report {}
}
