package io.ruche.core;

/**
 * A signed offer: one of the four kinds that {@code matchOrders} takes. {@link #structHash()} is
 * the EIP-712 struct hash over all fields but the signature.
 */
public sealed interface Order permits AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder {
  byte[] structHash();

  /** How many tasks the order allows in all. */
  long volume();

  Tag tag();

  Signature sign();

  Order withSignature(Signature signature);

  /** The order's identity on the hub of {@code domain}, and what its owner signs. */
  default OrderHash hash(Eip712Domain domain) {
    return OrderHash.of(domain.typedDataHash(structHash()));
  }
}
