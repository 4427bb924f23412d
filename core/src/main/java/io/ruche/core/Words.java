package io.ruche.core;

import java.math.BigInteger;

/** 32-byte big-endian words, the unit of ABI encoding and of EIP-712 struct hashing. */
public final class Words {
  public static final int SIZE = 32;

  private Words() {}

  public static byte[] uint256(long value) {
    return uint256(BigInteger.valueOf(value));
  }

  /**
   * The word of an unsigned number.
   *
   * @throws IllegalArgumentException when it is negative or needs more than 256 bits
   */
  public static byte[] uint256(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("expected 0 <= value < 2^256, found: " + value);
    }
    byte[] bytes = value.toByteArray();
    byte[] word = new byte[SIZE];
    int length = Math.min(bytes.length, SIZE);
    System.arraycopy(bytes, bytes.length - length, word, SIZE - length, length);
    return word;
  }

  public static byte[] address(Address value) {
    byte[] word = new byte[SIZE];
    System.arraycopy(value.bytes(), 0, word, 12, 20);
    return word;
  }
}
