package io.ruche.chain.log;

import io.ruche.chain.hub.HubEvent;
import io.ruche.chain.rpc.BlockRef;
import java.time.Instant;
import java.util.List;

/** One step of the hub's history, to be applied in the order given. */
public sealed interface ChainStep {
  /**
   * The events of one block, in order. Blocks without events are left out, but for the head, whose
   * batch is then empty: it tells how far the follower has read.
   */
  record BlockBatch(BlockRef block, Instant timestamp, List<HubEvent> events) implements ChainStep {
    public BlockBatch {
      events = List.copyOf(events);
    }
  }

  /**
   * Everything above this block must be undone: the chain took another branch, or a killed dev
   * chain lost its newest blocks. What follows is the history from there on.
   */
  record RolledBack(long toBlock) implements ChainStep {}
}
