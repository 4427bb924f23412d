package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;

/**
 * How an order stands on the hub.
 *
 * @param signer who must sign it: the owner of its resource, or the requester
 * @param isSigned whether the hub takes it as the signer's
 * @param isSignedOnChain whether it needs no signature
 * @param consumed tasks that are used up; all of them after a cancellation
 */
public record OrderState(
    Order order,
    OrderHash hash,
    Address signer,
    boolean isSigned,
    boolean isSignedOnChain,
    long consumed) {
  public long remaining() {
    return Math.max(0, order.volume() - consumed);
  }
}
