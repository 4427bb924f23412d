package io.ruche.sdk;

import io.ruche.core.Order;

/** What the signing wallet does with orders on chain. Each call returns once it is on chain. */
public interface OrderTransactions {
  /** Signs an order of the wallet on the hub, so that it needs no signature. */
  void signOnChain(Order order);

  /** Shows an order to everybody who follows the hub's events. */
  void broadcast(Order order);

  /** Makes an order of the wallet void for good. */
  void close(Order order);
}
