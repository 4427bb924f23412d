package io.ruche.core;

import org.jspecify.annotations.Nullable;

/** Identifies a deal: keccak256(request order hash, volume consumed before), as on chain. */
public record DealId(String hex) implements Comparable<DealId> {
  public DealId {
    hex = Hex.require(hex, 32, "deal id");
  }

  public static DealId of(byte[] bytes) {
    return new DealId(Hex.encode(bytes));
  }

  /** Id of the deal that consumes a request order from {@code consumedBefore} on. */
  public static DealId of(OrderHash requestOrder, long consumedBefore) {
    return of(Keccak.hash(requestOrder.bytes(), Words.uint256(consumedBefore)));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  /** Written out, as every map of an engine asks it: what a record makes takes twice as long. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DealId that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(DealId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
