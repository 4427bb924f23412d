package io.ruche.chain.tx;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How a wallet's transactions are sent.
 *
 * @param confirmations blocks on top of a transaction's own before it counts as done; 0 on a dev
 *     chain
 * @param gasMarginPercent added to the node's estimate
 * @param alwaysEstimates ask for an estimate even where a call brings a gas limit: bad calls are
 *     then refused before they cost anything
 * @param maxFeeCapWei never offer more per unit of gas
 * @param resendAfter when a transaction is in no block, ask whether the node still knows it
 * @param bumpAfterBlocks when a transaction is in no block after so many, offer more
 * @param maxPending sends beyond so many unfinished ones wait
 */
public record SenderSettings(
    int confirmations,
    int gasMarginPercent,
    boolean alwaysEstimates,
    BigInteger maxFeeCapWei,
    Duration resendAfter,
    int bumpAfterBlocks,
    int maxPending) {
  private static final BigInteger GWEI = BigInteger.TEN.pow(9);

  /** For a dev chain: a transaction counts once it is in a block. */
  public static SenderSettings development() {
    return new SenderSettings(
        0, 25, false, BigInteger.valueOf(1_000).multiply(GWEI), Duration.ofSeconds(2), 50, 2_000);
  }

  /** For a real chain. */
  public static SenderSettings production() {
    return new SenderSettings(
        3, 25, true, BigInteger.valueOf(500).multiply(GWEI), Duration.ofSeconds(30), 5, 500);
  }

  public SenderSettings {
    if (confirmations < 0 || gasMarginPercent < 0 || bumpAfterBlocks < 1 || maxPending < 1) {
      throw new IllegalArgumentException(
          "confirmations and margin must be 0 or more, the rest positive");
    }
  }

  public SenderSettings withConfirmations(int value) {
    return new SenderSettings(
        value,
        gasMarginPercent,
        alwaysEstimates,
        maxFeeCapWei,
        resendAfter,
        bumpAfterBlocks,
        maxPending);
  }

  public SenderSettings withResendAfter(Duration value) {
    return new SenderSettings(
        confirmations,
        gasMarginPercent,
        alwaysEstimates,
        maxFeeCapWei,
        value,
        bumpAfterBlocks,
        maxPending);
  }

  public SenderSettings withBumpAfterBlocks(int value) {
    return new SenderSettings(
        confirmations,
        gasMarginPercent,
        alwaysEstimates,
        maxFeeCapWei,
        resendAfter,
        value,
        maxPending);
  }
}
