package io.ruche.server.chain;

import io.ruche.chain.tx.MemoryOutbox;
import io.ruche.chain.tx.OutboxStore;

/** The outbox in memory keeps to the same kit as the one in SQL. */
class MemoryOutboxTest extends OutboxKit {
  private final OutboxStore outbox = new MemoryOutbox();

  @Override
  OutboxStore outbox() {
    return outbox;
  }

  @Override
  OutboxStore afterRestart() {
    return outbox;
  }
}
