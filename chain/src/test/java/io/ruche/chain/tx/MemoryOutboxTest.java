package io.ruche.chain.tx;

class MemoryOutboxTest extends OutboxStoreKit {
  @Override
  OutboxStore store() {
    return new MemoryOutbox();
  }
}
