package io.ruche.chain.tx;

import java.math.BigInteger;

/**
 * What a transaction offers per unit of gas (EIP-1559).
 *
 * @param maxWei most that it pays in all
 * @param tipWei most of it that goes to the block's builder
 */
public record Fees(BigInteger maxWei, BigInteger tipWei) {
  /** Nodes take a replacement only when both figures rise by a tenth; an eighth leaves room. */
  private static final BigInteger BUMP_DIVISOR = BigInteger.valueOf(8);

  public Fees {
    if (tipWei.signum() < 0 || tipWei.compareTo(maxWei) > 0) {
      throw new IllegalArgumentException(
          "expected 0 <= tip <= max, found: %s and %s".formatted(tipWei, maxWei));
    }
  }

  /** Room for a base fee that doubles, never more than the cap; the tip gives way first. */
  static Fees of(BigInteger baseFeeWei, BigInteger tipWei, BigInteger capWei) {
    var max = baseFeeWei.shiftLeft(1).add(tipWei).min(capWei);
    return new Fees(max, tipWei.min(max));
  }

  /** The least that replaces these fees in a node's pool, or {@code wanted} where that is more. */
  Fees replacedBy(Fees wanted) {
    var tip = raised(tipWei).max(wanted.tipWei);
    return new Fees(raised(maxWei).max(wanted.maxWei).max(tip), tip);
  }

  Fees plusMax(BigInteger wei) {
    return new Fees(maxWei.add(wei), tipWei);
  }

  private static BigInteger raised(BigInteger value) {
    return value.add(value.divide(BUMP_DIVISOR)).add(BigInteger.ONE);
  }
}
