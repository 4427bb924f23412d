package io.ruche.cli.contract;

import io.ruche.chain.rpc.Receipt;
import io.ruche.chain.rpc.Rpc;

/**
 * What a run put on the chain. On a private chain every transaction from the match on is the run's.
 */
public record Traffic(long transactions, long reverted, long gasUsed) {
  /** Blocks read at once: their receipts are held in memory. */
  private static final long STEP = 50;

  public static Traffic read(Rpc rpc, long firstBlock, long lastBlock) {
    var sum = new Traffic(0, 0, 0);
    for (long from = firstBlock; from <= lastBlock; from += STEP) {
      var blocks = rpc.blocks(from, Math.min(lastBlock, from + STEP - 1));
      var hashes =
          blocks.stream().flatMap(block -> block.transactions().stream()).toList();
      for (var receipt : rpc.receipts(hashes)) {
        sum = sum.plus(receipt.orElseThrow());
      }
    }
    return sum;
  }

  private Traffic plus(Receipt receipt) {
    return new Traffic(
        transactions + 1, reverted + (receipt.isSuccess() ? 0 : 1), gasUsed + receipt.gasUsed());
  }
}
