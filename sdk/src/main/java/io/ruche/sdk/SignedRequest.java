package io.ruche.sdk;

import io.ruche.core.DealId;
import io.ruche.core.OrderHash;
import io.ruche.core.RequestOrder;

/** A request order with its signature, and the hash that names it on chain. */
public record SignedRequest(RequestOrder order, OrderHash hash) {
  /** The deal that takes the tasks from {@code firstTask} on. */
  public DealId deal(long firstTask) {
    return DealId.of(hash, firstTask);
  }
}
