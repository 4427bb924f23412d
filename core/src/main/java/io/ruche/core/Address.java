package io.ruche.core;

import org.jspecify.annotations.Nullable;

/**
 * A 20-byte Ethereum address, written in lower case; {@link #checksummed()} gives the EIP-55 form.
 * Kept as numbers for the same reason as {@link Bytes32}.
 */
public final class Address implements Comparable<Address> {
  public static final Address ZERO = new Address("0x" + "0".repeat(40));

  private static final int SIZE = 20;

  private final long first;
  private final long second;
  private final int last;

  public Address(String hex) {
    this(Hex.decode(Hex.require(hex, SIZE, "address")));
  }

  private Address(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("expected address of %d bytes, found %d: %s"
          .formatted(SIZE, bytes.length, Hex.encode(bytes)));
    }
    first = Words.longAt(bytes, 0);
    second = Words.longAt(bytes, 8);
    last = (int) Words.longAt(bytes, SIZE - Long.BYTES);
  }

  public static Address of(byte[] bytes) {
    return new Address(bytes);
  }

  /** 0x and 40 digits in lower case. */
  public String hex() {
    return Hex.encode(bytes());
  }

  public byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    Words.putLong(first, bytes, 0);
    Words.putLong(second, bytes, 8);
    long secondHalfAndLast = second << Integer.SIZE | Integer.toUnsignedLong(last);
    Words.putLong(secondHalfAndLast, bytes, SIZE - Long.BYTES);
    return bytes;
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  /** Mixed-case text with the checksum of EIP-55. */
  public String checksummed() {
    var digits = hex().substring(2);
    var hash = Hex.encode(Keccak.hashText(digits)).substring(2);
    var text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      boolean isUpper = Character.digit(hash.charAt(i), 16) >= 8;
      text.append(isUpper ? Character.toUpperCase(digit) : digit);
    }
    return text.toString();
  }

  /** In the order of their texts. */
  @Override
  public int compareTo(Address other) {
    if (first != other.first) {
      return Long.compareUnsigned(first, other.first);
    }
    return second != other.second
        ? Long.compareUnsigned(second, other.second)
        : Integer.compareUnsigned(last, other.last);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Address that
            && first == that.first
            && second == that.second
            && last == that.last);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first ^ second) ^ last;
  }

  @Override
  public String toString() {
    return hex();
  }
}
