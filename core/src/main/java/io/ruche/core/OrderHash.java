package io.ruche.core;

/** EIP-712 hash of an order, its identity on chain. */
public record OrderHash(String hex) implements Comparable<OrderHash> {
  public OrderHash {
    hex = Hex.require(hex, 32, "order hash");
  }

  public static OrderHash of(byte[] bytes) {
    return new OrderHash(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public int compareTo(OrderHash other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
