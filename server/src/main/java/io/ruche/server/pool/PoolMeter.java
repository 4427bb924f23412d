package io.ruche.server.pool;

import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.util.List;

/**
 * Hears what a pool does, to count it. Called from the engine's and the chain's threads, so it must
 * not block. What is replayed at a start is not told: counters begin at zero.
 */
public interface PoolMeter {
  /** Counts nothing. */
  PoolMeter NONE = new PoolMeter() {
    @Override
    public void decided(long nanos) {}

    @Override
    public void synced(List<Fact> facts, long nanos) {}

    @Override
    public void settled(TaskStatus status) {}

    @Override
    public void sent(ChainAction action) {}

    @Override
    public void failed(ChainAction action) {}
  };

  /** The engine decided on one event. */
  void decided(long nanos);

  /** The facts of a batch are in the journal, synced if one of them binds. */
  void synced(List<Fact> facts, long nanos);

  /** A task of this pool was seen to reach a final status. */
  void settled(TaskStatus status);

  /** A command was handed to the chain. */
  void sent(ChainAction action);

  /** A command could not be carried out on chain. */
  void failed(ChainAction action);
}
