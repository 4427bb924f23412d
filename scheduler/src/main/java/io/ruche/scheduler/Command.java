package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.RunLimits;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shell must do, once the facts of the same decision are synced. Every command may come
 * again after a restart or when its effect is not seen in time; carrying it out twice must change
 * nothing.
 */
public sealed interface Command {

  /** Sent to a worker; lost without harm when the worker is not connected. */
  sealed interface ToWorker extends Command {
    /** Whose session it goes to. */
    Address machine();

    AttemptId attempt();
  }

  /** Becomes a transaction of the pool's owner. */
  sealed interface ToChain extends Command {}

  /** {@code initializeArray}; tasks already initialised are to be skipped, not reverted on. */
  record Initialize(List<TaskKey> tasks) implements ToChain {
    public Initialize {
      tasks = List.copyOf(tasks);
    }
  }

  /** Ends a task with its result. */
  record Finalize(TaskId task, Settlement settlement) implements ToChain {}

  record Reopen(TaskId task) implements ToChain {}

  /** Ends tasks whose final deadline passed: our stake is lost, everybody else's is released. */
  record Claim(List<TaskId> tasks) implements ToChain {
    public Claim {
      tasks = List.copyOf(tasks);
    }
  }

  /** The same for tasks that were never initialised. */
  record InitializeAndClaim(List<TaskKey> tasks) implements ToChain {
    public InitializeAndClaim {
      tasks = List.copyOf(tasks);
    }
  }

  /** Read these tasks and their contributions; answered by {@link ChainEvent.TaskObserved} each. */
  record Observe(List<TaskId> tasks) implements Command {
    public Observe {
      tasks = List.copyOf(tasks);
    }
  }

  /** Read the worker's score and free deposit; answered by {@link WorkerEvent.FundsObserved}. */
  record ObserveFunds(Address machine, Address worker) implements Command {}

  /**
   * Gives a task to a worker.
   *
   * @param worker who may contribute with the authorization
   * @param isAuthorized the shell adds the pool's signature
   * @param cancellation null unless its requester stopped the task: then it is not run
   */
  record Assign(
      Address machine,
      Address worker,
      AttemptId attempt,
      DealId deal,
      long index,
      RunLimits limits,
      Release release,
      boolean isAuthorized,
      Instant contributionDeadline,
      @Nullable Cancellation cancellation)
      implements ToWorker {}

  /**
   * The shell adds the pool's signature.
   *
   * @param worker who may contribute with it
   * @param settlement with which the worker also finalizes; null when it only contributes
   */
  record Authorize(
      Address machine,
      Address worker,
      AttemptId attempt,
      @Nullable Settlement settlement) implements ToWorker {}

  record Reveal(Address machine, AttemptId attempt) implements ToWorker {}

  /** Open an upload slot for an archive of this digest and tell the worker where to send it. */
  record RequestUpload(Address machine, AttemptId attempt, Digest digest) implements ToWorker {}

  record Done(Address machine, AttemptId attempt, String outcome) implements ToWorker {}

  record Abort(Address machine, AttemptId attempt, String reason) implements ToWorker {}

  /**
   * Have the failure that was reported become the task's end.
   *
   * @param isAuthorized the shell adds the pool's signature; without it the failure is handed in
   *     first, as a result would be
   */
  record CertifyFailure(
      Address machine, Address worker, AttemptId attempt, Failure failure, boolean isAuthorized)
      implements ToWorker {}

  /** Only for machines that know how, see {@link WorkerOffer#knowsCancel}. */
  record Cancel(Address machine, AttemptId attempt, Cancellation cancellation)
      implements ToWorker {}
}
