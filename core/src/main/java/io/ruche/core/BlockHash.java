package io.ruche.core;

/** Hash of an Ethereum block. */
public record BlockHash(String hex) implements Comparable<BlockHash> {
  public BlockHash {
    hex = Hex.require(hex, 32, "block hash");
  }

  public static BlockHash of(byte[] bytes) {
    return new BlockHash(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  @Override
  public int compareTo(BlockHash other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
