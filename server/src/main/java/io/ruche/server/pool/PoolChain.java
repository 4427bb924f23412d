package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Command;
import io.ruche.scheduler.Funds;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.util.List;
import java.util.Optional;

/**
 * What a pool needs of its chain. Reads are of the latest block, which may be behind an event just
 * seen; they throw a retryable RucheException while the chain cannot be reached. Any thread may
 * call.
 */
public interface PoolChain {
  /** Code of a command that had nothing left to do: the engine should look at the tasks again. */
  String ALREADY_DONE = "ALREADY_DONE";

  /** The deal with its category and app; empty when there is none now. */
  Optional<ChainEvent.DealMatched> deal(DealId id);

  /** Tasks, one answer each. */
  List<OnChainTask> tasks(List<TaskId> tasks);

  /** Tasks and their contributions, one answer each. */
  List<ChainEvent.TaskObserved> observe(List<TaskId> tasks);

  /**
   * What a machine may lock for its worker.
   *
   * @throws io.ruche.core.RucheException not retryable, with a code of {@link AccountCheck}, when
   *     the worker does not stand for this machine
   */
  Funds funds(Address machine, Address worker);

  /**
   * Signs, saves and hands a transaction to the node; its effect shows in the chain's events. The
   * same command again sends nothing while the first may still succeed.
   */
  void send(Command.ToChain command, Failures failures);

  /** Hears that a command had no effect; may be called on another thread, later. */
  @FunctionalInterface
  interface Failures {
    void failed(ChainAction action, List<TaskId> tasks, String code);
  }
}
