package io.ruche.core;

/** 32 random bytes that make an order or an off-chain commit unique. */
public record Salt(String hex) implements Comparable<Salt> {
  public Salt {
    hex = Hex.require(hex, 32, "salt");
  }

  public static Salt of(byte[] bytes) {
    return new Salt(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public int compareTo(Salt other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
