package io.ruche.core;

/** Identifies a deal: keccak256(request order hash, volume consumed before), as on chain. */
public final class DealId extends Bytes32 implements Comparable<DealId> {
  private static final String WHAT = "deal id";

  public DealId(String hex) {
    super(hex, WHAT);
  }

  private DealId(byte[] bytes) {
    super(bytes, WHAT);
  }

  public static DealId of(byte[] bytes) {
    return new DealId(bytes);
  }

  /** Id of the deal that consumes a request order from {@code consumedBefore} on. */
  public static DealId of(OrderHash requestOrder, long consumedBefore) {
    return of(Keccak.hash(requestOrder.bytes(), Words.uint256(consumedBefore)));
  }

  @Override
  public int compareTo(DealId other) {
    return compare(other);
  }
}
