package io.ruche.sdk;

import io.ruche.core.Order;
import io.ruche.core.OrderHash;

/**
 * An order as an order board lists it.
 *
 * @param remaining tasks that the board believes are left
 */
public record Listing(Order order, OrderHash hash, long remaining, boolean isOpen) {}
