package io.ruche.core;

import java.math.BigInteger;

/** 32-byte big-endian words, the unit of ABI encoding and of EIP-712 struct hashing. */
public final class Words {
  public static final int SIZE = 32;

  private Words() {}

  /**
   * The word of a number.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public static byte[] uint256(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("expected 0 <= value < 2^256, found: " + value);
    }
    byte[] word = new byte[SIZE];
    putLong(value, word, SIZE - Long.BYTES);
    return word;
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

  /** Eight big-endian bytes as a number. */
  static long longAt(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }

  /** The other way round. */
  static void putLong(long value, byte[] bytes, int to) {
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[to + i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
  }
}
