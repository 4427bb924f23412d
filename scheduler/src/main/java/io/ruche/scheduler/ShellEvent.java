package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.TaskId;
import java.util.List;

/** What the engine's own shell did or could not do. */
public sealed interface ShellEvent extends Event {

  /** The upload of this attempt is stored, synced, and its digest was recomputed from the bytes. */
  record ResultStored(Address machine, AttemptId attempt, StoredResult result)
      implements ShellEvent {}

  /** The upload ended without a result that has the wanted digest. */
  record UploadFailed(Address machine, AttemptId attempt, String detail) implements ShellEvent {}

  /**
   * The chain client gave up on a command, or the hub reverted it. The engine looks at the tasks
   * again before it repeats anything.
   *
   * @param code stable code or revert name, for {@code explain}
   */
  record TransactionFailed(ChainAction action, List<TaskId> tasks, String code)
      implements ShellEvent {
    public TransactionFailed {
      tasks = List.copyOf(tasks);
    }
  }

  /** The time given by {@link SchedulerEngine#nextWakeup()} has come. */
  record Ticked() implements ShellEvent {}

  /** The requester stops the task; the shell has checked that it is the requester. */
  record CancelAsked(TaskId task, Address requester, Cancellation cancellation)
      implements ShellEvent {}

  /**
   * The operator wants a worker, or one machine, to get no more work; what it runs goes on.
   *
   * @param reason for the worker to read
   */
  record WorkerBanned(Address worker, String reason) implements ShellEvent {}

  /** The operator lets it work again. */
  record WorkerReadmitted(Address worker) implements ShellEvent {}

  /** The operator wants the pool to sell nothing more and to finish what is sold. */
  record PoolDrained() implements ShellEvent {}

  /** The operator lets the pool sell again. */
  record PoolResumed() implements ShellEvent {}

  /** Which command a transaction carried out. */
  enum ChainAction {
    INITIALIZE,
    REOPEN,
    FINALIZE,
    CLAIM
  }
}
