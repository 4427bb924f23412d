package io.ruche.core;

/**
 * An ECDSA signature (65 bytes r, s, v, or the 64 bytes of EIP-2098), or empty for a pre-signed
 * order.
 */
public record Signature(String hex) {
  public static final Signature EMPTY = new Signature("0x");

  /** A contract owner (ERC-1271) may use a longer form of its own. */
  private static final int MAX_BYTES = 1024;

  public Signature {
    int size = (hex.length() - 2) / 2;
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected a signature of at most %d bytes, found %d".formatted(MAX_BYTES, size));
    }
    hex = Hex.require(hex, size, "signature");
  }

  public static Signature of(byte[] bytes) {
    return new Signature(Hex.encode(bytes));
  }

  public boolean isEmpty() {
    return hex.length() == 2;
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
