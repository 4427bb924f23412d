package io.ruche.worker;

import io.ruche.core.Failure;
import io.ruche.core.RunUsage;
import io.ruche.core.Signature;
import io.ruche.core.TxHash;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt is. Transitions:
 *
 * <pre>
 * Queued         → Verifying       a slot is free
 * Verifying      → Fetching        the chain confirms the deal, the stake suffices
 * Fetching       → Running         app, dataset and inputs are here
 * Running        → WritingFailure  the run ended in a failure that every machine reaches
 * Verifying, Fetching, Running, WritingFailure → Reported   any other failure; the pool is told
 * Queued, Verifying, Fetching, Running → Reported   the requester cancelled the task
 * Reported       → WritingFailure  the pool certifies the failure that was reported
 * Running, WritingFailure → Committed      a digest, and the authorization comes after the commit
 * Running, WritingFailure → Contributing   a digest, and the authorization is here
 * Committed      → Contributing    the pool authorizes
 * Contributing   → Contributed     mined, or found on chain
 * Contributed    → Revealing       the chain shows consensus on our digest
 * Revealing      → Revealed        mined, or found on chain
 * Contributed, Revealing → Outvoted         the chain shows another consensus, or ours was rejected
 * Contributed, Revealing, Revealed → Contributing   the chain forgot the contribution
 * Revealing, Revealed → Contributed         the chain took the consensus back
 * Revealed       → Revealing       the chain forgot the reveal
 * </pre>
 *
 * An attempt is dropped when it is refused, done, aborted before anything was sent, past its
 * deadline, or final on chain. An attempt whose contribution may be on chain outlives an abort, so
 * that its stake is not lost by silence.
 */
sealed interface AttemptState {

  /** No digest yet. */
  sealed interface Working extends AttemptState {}

  record Queued() implements Working {}

  record Verifying() implements Working {}

  record Fetching(Terms terms) implements Working {}

  record Running(Terms terms) implements Working {}

  /**
   * The result folder is being replaced by a certified failure.
   *
   * @param authorization null when it is the one of the assignment, if any
   * @param usage of the run, when it came to its own end
   */
  record WritingFailure(
      Terms terms,
      Failure failure,
      @Nullable Signature authorization,
      @Nullable RunUsage usage) implements Working {}

  /**
   * The pool was told of an end that is not certified.
   *
   * @param terms null when the failure came before the chain was read
   */
  record Reported(@Nullable Terms terms, Failure failure, String detail) implements AttemptState {}

  /** The digest is on disk. */
  sealed interface Voted extends AttemptState {
    Vote vote();
  }

  record Committed(Vote vote) implements Voted {}

  /** A contribution may have left this machine. */
  sealed interface Sent extends Voted {
    Signature authorization();
  }

  record Contributing(Vote vote, Signature authorization) implements Sent {}

  record Contributed(Vote vote, Signature authorization, TxHash tx) implements Sent {}

  record Revealing(Vote vote, Signature authorization, TxHash tx) implements Sent {}

  record Revealed(Vote vote, Signature authorization, TxHash tx, TxHash revealTx) implements Sent {}

  record Outvoted(Vote vote, Signature authorization) implements Sent {}
}
