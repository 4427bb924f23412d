package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.App;
import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.List;

/**
 * What the hub did. Within one task the order is the chain's order; a log may come twice. A reorg
 * is told as a new {@link TaskObserved} of every touched task, which replaces what was believed of
 * it. Events of tasks that are not ours or long settled are ignored.
 */
public sealed interface ChainEvent extends Event {

  /** What concerns one task. */
  sealed interface OfTask extends ChainEvent {
    TaskId task();
  }

  /**
   * A deal of this pool, as the hub holds it now; a repeated one replaces the former.
   *
   * @param isStarted its first task is not unset any more: what follows may be history, so its
   *     tasks are looked at first
   */
  record DealMatched(Deal deal, Category category, App app, boolean isStarted)
      implements ChainEvent {}

  /** The deal is no longer on chain. */
  record DealRolledBack(DealId deal) implements ChainEvent {}

  record TaskInitialized(TaskId task) implements OfTask {}

  record TaskContributed(TaskId task, Address worker, Digest resultHash) implements OfTask {}

  /**
   * Enough weight stands behind one hash.
   *
   * @param at time of the block, from which the reveal deadline counts
   */
  record ConsensusReached(TaskId task, Digest resultHash, Instant at) implements OfTask {}

  record TaskRevealed(TaskId task, Address worker, Digest digest) implements OfTask {}

  record TaskReopened(TaskId task) implements OfTask {}

  record TaskFinalized(TaskId task) implements OfTask {}

  record TaskClaimed(TaskId task) implements OfTask {}

  /** The hub's AccurateContribution or FaultyContribution, which change the worker's score. */
  record ContributionJudged(TaskId task, Address worker, boolean isAccurate) implements OfTask {}

  /**
   * The task as {@code viewTask} and {@code viewContribution} give it at one block. An unset task
   * carries its id and zeros.
   */
  record TaskObserved(OnChainTask task, List<ObservedContribution> contributions)
      implements ChainEvent {
    public TaskObserved {
      contributions = List.copyOf(contributions);
    }
  }

  /**
   * One entry of {@code viewContribution}.
   *
   * @param log2Weight log2 of the voting weight, rounded down, as the hub stores it
   */
  record ObservedContribution(
      Address worker, ContributionStatus status, Digest resultHash, long log2Weight) {}

  /** In the hub's numbering. */
  enum ContributionStatus {
    UNSET,
    CONTRIBUTED,
    PROVED,
    REJECTED
  }
}
