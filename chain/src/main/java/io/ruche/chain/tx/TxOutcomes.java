package io.ruche.chain.tx;

import io.ruche.chain.ChainErrors;
import io.ruche.chain.rpc.BlockRef;
import io.ruche.chain.rpc.Rpc;
import io.ruche.core.RucheException;
import io.ruche.core.TxHash;

/** Says how actions ended, with the contract's reason where they failed. */
final class TxOutcomes {
  private final Rpc rpc;

  TxOutcomes(Rpc rpc) {
    this.rpc = rpc;
  }

  TxOutcome of(OutboxEntry entry) {
    return switch (entry.state()) {
      case TxState.Pending _ -> throw ChainErrors.pending(entry.actionKey(), "");
      case TxState.Mined(var hash, var block, var isSuccess, var gasUsed) ->
        of(entry, hash, block, isSuccess, gasUsed);
      case TxState.Settled(var hash, var block, var isSuccess, var gasUsed) ->
        of(entry, hash, block, isSuccess, gasUsed);
    };
  }

  private TxOutcome of(
      OutboxEntry entry, TxHash hash, BlockRef block, boolean isSuccess, long gasUsed) {
    boolean isFiller = entry.variants().stream()
        .anyMatch(variant -> variant.isFiller() && variant.hash().equals(hash));
    var reason = "";
    if (isFiller) {
      reason = "no node takes this transaction; an empty one was sent in its place";
    } else if (!isSuccess) {
      reason = reasonOf(entry, gasUsed);
    }
    return new TxOutcome(
        entry.actionKey(), hash, block.number(), isSuccess && !isFiller, gasUsed, reason);
  }

  /** The chain does not keep revert reasons, so the call is run again on the state of now. */
  private String reasonOf(OutboxEntry entry, long gasUsed) {
    if (gasUsed >= entry.call().gasLimit()) {
      return "out of gas (limit %d)".formatted(entry.call().gasLimit());
    }
    if (entry.state() instanceof TxState.Settled) {
      return "it reverted in its block; the reason is no longer known";
    }
    try {
      rpc.simulate(entry.sender(), entry.call());
      return "it reverted in its block, the same call would pass now";
    } catch (RucheException e) {
      return ChainErrors.reasonIn(e);
    }
  }
}
