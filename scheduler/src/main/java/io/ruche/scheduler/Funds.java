package io.ruche.scheduler;

import io.ruche.core.TokenAmount;
import java.math.BigInteger;

/**
 * What the chain holds for a machine that works.
 *
 * @param score of the worker that the hub sees
 * @param freeStake that worker's deposit that is not locked
 * @param stakeCap most that this machine may have locked of it at once
 */
public record Funds(long score, TokenAmount freeStake, TokenAmount stakeCap) {
  /** As wide as a worker account counts. */
  private static final TokenAmount NO_CAP =
      new TokenAmount(BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE));

  /** Of a plain wallet, which nobody caps. */
  public static Funds ofWallet(long score, TokenAmount freeStake) {
    return new Funds(score, freeStake, NO_CAP);
  }
}
