package io.ruche.core;

/** SHA-256 of a file's bytes: the checksum that apps, datasets and inputs are published with. */
public record Sha256(String hex) implements Comparable<Sha256> {
  /** What an order publishes when it names no checksum. */
  public static final Sha256 ABSENT = new Sha256("0x" + "0".repeat(64));

  public Sha256 {
    hex = Hex.require(hex, 32, "sha256");
  }

  public static Sha256 of(byte[] bytes) {
    return new Sha256(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
