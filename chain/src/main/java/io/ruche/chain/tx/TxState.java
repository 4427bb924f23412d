package io.ruche.chain.tx;

import io.ruche.chain.rpc.BlockRef;
import io.ruche.core.TxHash;

/**
 * Where an action stands. Pending → Mined: a block holds it; Mined → Pending: that block was
 * dropped; Mined → Settled: so deep that it is never looked at again.
 */
public sealed interface TxState {
  record Pending() implements TxState {}

  /** In a block of the chain as last seen. */
  record Mined(TxHash hash, BlockRef block, boolean isSuccess, long gasUsed) implements TxState {}

  record Settled(TxHash hash, BlockRef block, boolean isSuccess, long gasUsed) implements TxState {}

  Pending PENDING = new Pending();
}
