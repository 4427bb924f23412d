package io.ruche.core;

/** Hash of an Ethereum transaction. */
public record TxHash(String hex) implements Comparable<TxHash> {
  public TxHash {
    hex = Hex.require(hex, 32, "transaction hash");
  }

  public static TxHash of(byte[] bytes) {
    return new TxHash(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public int compareTo(TxHash other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
