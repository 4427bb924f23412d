package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;

/**
 * A standing order that passed its own checks.
 *
 * @param owner owner of the resource, who signed
 * @param remaining tasks that can still be bought of it
 */
record Offer<O extends Order>(O order, OrderHash hash, Address owner, long remaining) {}
