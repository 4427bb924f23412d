package io.ruche.core;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An amount of the escrow token in whole nano units; the token has 9 decimals. Never negative. */
public record TokenAmount(BigInteger nano) implements Comparable<TokenAmount> {
  public static final int DECIMALS = 9;
  public static final TokenAmount ZERO = new TokenAmount(BigInteger.ZERO);

  public TokenAmount {
    if (nano.signum() < 0 || nano.bitLength() > 256) {
      throw new IllegalArgumentException(
          "expected an amount from 0 to 2^256 - 1 nano, found: " + nano);
    }
  }

  public static TokenAmount ofNano(long nano) {
    return new TokenAmount(BigInteger.valueOf(nano));
  }

  /**
   * Reads a decimal number of whole tokens, such as {@code 12.5}.
   *
   * @throws IllegalArgumentException when it is negative, no number, or has over 9 decimals
   */
  public static TokenAmount parse(String tokens) {
    try {
      return new TokenAmount(new BigDecimal(tokens).movePointRight(DECIMALS).toBigIntegerExact());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a token amount such as 12.5, found: " + tokens, e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected a token amount with at most 9 decimals, found: " + tokens, e);
    }
  }

  public TokenAmount plus(TokenAmount other) {
    return new TokenAmount(nano.add(other.nano));
  }

  /** The difference; an exception when {@code other} is the larger one. */
  public TokenAmount minus(TokenAmount other) {
    return new TokenAmount(nano.subtract(other.nano));
  }

  public TokenAmount times(long factor) {
    return new TokenAmount(nano.multiply(BigInteger.valueOf(factor)));
  }

  /** {@code percent} hundredths of this amount, rounded down, as the hub computes stakes. */
  public TokenAmount percentRoundedDown(long percent) {
    return new TokenAmount(
        nano.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100)));
  }

  public boolean isZero() {
    return nano.signum() == 0;
  }

  @Override
  public int compareTo(TokenAmount other) {
    return nano.compareTo(other.nano);
  }

  /** Whole tokens without trailing zeros, for people: {@code 12.5}. */
  @Override
  public String toString() {
    var tokens = new BigDecimal(nano, DECIMALS).stripTrailingZeros();
    return tokens.scale() < 0 ? tokens.setScale(0).toPlainString() : tokens.toPlainString();
  }
}
