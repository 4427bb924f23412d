package io.ruche.core;

import org.jspecify.annotations.Nullable;

/**
 * A value of 32 bytes, kept as four numbers: engines look ids up, compare and order them at every
 * event, and numbers are there at once where a text lies two references further on. Values of
 * different kinds are never equal.
 */
abstract sealed class Bytes32 permits DealId, Digest, TaskId {
  private static final int SIZE = 32;

  private final long first;
  private final long second;
  private final long third;
  private final long last;

  Bytes32(String hex, String what) {
    this(Hex.decode(Hex.require(hex, SIZE, what)), what);
  }

  Bytes32(byte[] bytes, String what) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("expected %s of %d bytes, found %d: %s"
          .formatted(what, SIZE, bytes.length, Hex.encode(bytes)));
    }
    first = Words.longAt(bytes, 0);
    second = Words.longAt(bytes, 8);
    third = Words.longAt(bytes, 16);
    last = Words.longAt(bytes, 24);
  }

  /** 0x and 64 digits in lower case. */
  public final String hex() {
    return Hex.encode(bytes());
  }

  public final byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    Words.putLong(first, bytes, 0);
    Words.putLong(second, bytes, 8);
    Words.putLong(third, bytes, 16);
    Words.putLong(last, bytes, 24);
    return bytes;
  }

  /** In the order of their texts. */
  final int compare(Bytes32 other) {
    if (first != other.first) {
      return Long.compareUnsigned(first, other.first);
    }
    if (second != other.second) {
      return Long.compareUnsigned(second, other.second);
    }
    return third != other.third
        ? Long.compareUnsigned(third, other.third)
        : Long.compareUnsigned(last, other.last);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Bytes32 that
            && getClass() == that.getClass()
            && first == that.first
            && second == that.second
            && third == that.third
            && last == that.last);
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(first ^ second ^ third ^ last);
  }

  @Override
  public final String toString() {
    return hex();
  }
}
