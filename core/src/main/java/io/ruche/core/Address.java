package io.ruche.core;

import org.jspecify.annotations.Nullable;

/** A 20-byte Ethereum address, kept in lower case; {@link #checksummed()} gives the EIP-55 form. */
public record Address(String hex) implements Comparable<Address> {
  public static final Address ZERO = new Address("0x" + "0".repeat(40));

  public Address {
    hex = Hex.require(hex, 20, "address");
  }

  public static Address of(byte[] bytes) {
    return new Address(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  /** Mixed-case text with the checksum of EIP-55. */
  public String checksummed() {
    var digits = hex.substring(2);
    var hash = Hex.encode(Keccak.hashText(digits)).substring(2);
    var text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      boolean isUpper = Character.digit(hash.charAt(i), 16) >= 8;
      text.append(isUpper ? Character.toUpperCase(digit) : digit);
    }
    return text.toString();
  }

  /** Written out, as every map of an engine asks it: what a record makes takes twice as long. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(Address other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
