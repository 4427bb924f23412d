package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.WorkerpoolOrder;
import java.util.List;
import java.util.Optional;

/**
 * An order board. It may lie, be late or omit: every order is checked on chain before it is used.
 * Lists hold open orders, cheapest first, at most {@link #MAX_OFFERS} of them.
 */
public interface Market {
  int MAX_OFFERS = 50;

  List<AppOrder> appOrders(Address app);

  List<DatasetOrder> datasetOrders(Address dataset);

  /** Offers of every pool that serves a category with at least this trust. */
  List<WorkerpoolOrder> workerpoolOrders(long categoryId, long minTrust);

  /** Publishes a signed standing order; publishing it again changes nothing. */
  OrderHash publish(Order order);

  /** An order of any kind by its hash, also one of which nothing is left; empty when unknown. */
  Optional<Listing> find(OrderHash hash);
}
