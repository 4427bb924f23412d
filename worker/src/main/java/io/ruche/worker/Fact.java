package io.ruche.worker;

import io.ruche.core.Digest;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TxHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker must still know after a crash. Applying the facts in order rebuilds the engine;
 * runs that gave no digest yet leave no fact and are simply gone.
 */
public sealed interface Fact {
  /**
   * Whether something may leave this machine because of it, so that it must be on disk before. What
   * only notes what the chain or the pool knows too is found out again when it is lost.
   */
  default boolean bindsWorker() {
    return true;
  }

  /** What concerns one attempt. */
  sealed interface OfAttempt extends Fact {
    AttemptId id();
  }

  /**
   * The run, or its certified failure, gave a digest: from now on this task has no other.
   *
   * @param usage null where it is not known, as in journals of old
   */
  record Computed(
      Assignment assignment,
      Instant contributionDeadline,
      Instant finalDeadline,
      Digest digest,
      Salt salt,
      @Nullable RunUsage usage)
      implements OfAttempt {
    @Override
    public AttemptId id() {
      return assignment.id();
    }

    /** Where the pool has the result before anything is signed, the next fact binds. */
    @Override
    public boolean bindsWorker() {
      return !(assignment.release() instanceof Release.AfterResult);
    }
  }

  /**
   * The contribution may leave from now on.
   *
   * @param settlement with which it also finalizes; null for a vote
   */
  record Contributing(
      AttemptId id, Signature authorization, @Nullable Settlement settlement)
      implements OfAttempt {}

  record Contributed(AttemptId id, TxHash tx) implements OfAttempt {
    @Override
    public boolean bindsWorker() {
      return false;
    }
  }

  /** The reveal may leave from now on. */
  record Revealing(AttemptId id) implements OfAttempt {}

  record Revealed(AttemptId id, TxHash tx) implements OfAttempt {
    @Override
    public boolean bindsWorker() {
      return false;
    }
  }

  /** The pool let go of a contribution that may be on chain; the worker watches it alone. */
  record Abandoned(AttemptId id) implements OfAttempt {}

  /** The attempt is over and its files may go. */
  record Dropped(AttemptId id) implements OfAttempt {
    @Override
    public boolean bindsWorker() {
      return false;
    }
  }

  /**
   * A task that was given up although its digest may have left this machine.
   *
   * @param isSent a contribution may be on chain
   * @param until nothing can be contributed later than this
   */
  record Pledged(TaskId task, Digest digest, boolean isSent, Instant until) implements Fact {}
}
