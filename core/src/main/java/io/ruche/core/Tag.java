package io.ruche.core;

import java.math.BigInteger;

/**
 * The 256 tag bits of an order or deal, as the PoCo interface defines them. A pool serves a request
 * when its tag has every bit asked.
 */
public record Tag(String hex) {
  public static final Tag NONE = new Tag("0x" + "0".repeat(64));
  public static final int TEE = 0;
  public static final int GPU = 8;

  public Tag {
    hex = Hex.require(hex, 32, "tag");
  }

  public static Tag ofBits(int... bits) {
    var value = BigInteger.ZERO;
    for (int bit : bits) {
      value = value.setBit(bit);
    }
    return new Tag(Hex.encode(Words.uint256(value)));
  }

  public boolean has(int bit) {
    return value().testBit(bit);
  }

  public boolean containsAll(Tag other) {
    return other.value().andNot(value()).signum() == 0;
  }

  public Tag or(Tag other) {
    return new Tag(Hex.encode(Words.uint256(value().or(other.value()))));
  }

  /** This tag with the bits of another cleared. */
  public Tag without(Tag other) {
    return new Tag(Hex.encode(Words.uint256(value().andNot(other.value()))));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  private BigInteger value() {
    return new BigInteger(1, bytes());
  }

  @Override
  public String toString() {
    return hex;
  }
}
