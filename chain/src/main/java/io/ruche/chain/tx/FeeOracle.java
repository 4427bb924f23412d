package io.ruche.chain.tx;

import io.ruche.chain.rpc.Block;
import io.ruche.chain.rpc.Rpc;
import io.ruche.core.RucheException;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Fees that get a transaction into one of the next blocks, from the head's base fee and the node's
 * tip.
 */
final class FeeOracle {
  private static final long MAX_AGE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Rpc rpc;
  private final BigInteger capWei;
  private BigInteger baseFeeWei = BigInteger.ZERO;
  private BigInteger tipWei = BigInteger.ZERO;
  private long baseReadAt;
  private long tipReadAt;
  private boolean hasBase;
  private boolean hasTip;

  FeeOracle(Rpc rpc, BigInteger capWei) {
    this.rpc = rpc;
    this.capWei = capWei;
  }

  synchronized void onHead(Block head) {
    baseFeeWei = head.baseFeeWei();
    baseReadAt = System.nanoTime();
    hasBase = true;
  }

  synchronized Fees current() {
    long now = System.nanoTime();
    if (!hasBase || now - baseReadAt > MAX_AGE_NANOS) {
      onHead(rpc.latestBlock());
    }
    if (!hasTip || now - tipReadAt > MAX_AGE_NANOS) {
      tipWei = suggestedTip();
      tipReadAt = now;
      hasTip = true;
    }
    return Fees.of(baseFeeWei, tipWei, capWei);
  }

  /** Nodes without the method are asked for nothing more than one gwei. */
  private BigInteger suggestedTip() {
    try {
      return rpc.suggestedTipWei();
    } catch (RucheException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return BigInteger.TEN.pow(9);
    }
  }
}
