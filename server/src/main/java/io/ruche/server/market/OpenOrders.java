package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.OrderJson;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.store.BookQuery;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The orders of one workerpool that anybody may match now, whoever signed them for what terms. */
public final class OpenOrders {
  private final OrderDesk desk;
  private final Address workerpool;
  private final Consumer<WorkerpoolOrder> closer;

  /**
   * Of one workerpool.
   *
   * @param closer makes an order void on chain, once however often it is asked
   */
  public OpenOrders(OrderDesk desk, Address workerpool, Consumer<WorkerpoolOrder> closer) {
    this.desk = desk;
    this.workerpool = workerpool;
    this.closer = closer;
  }

  Address workerpool() {
    return workerpool;
  }

  BookedOrder publish(WorkerpoolOrder order) {
    return desk.publish(order);
  }

  List<BookedOrder> of(long category) {
    return read(category);
  }

  public List<BookedOrder> all() {
    return read(null);
  }

  /** Makes orders void on chain; they are open until the chain says so. */
  public void close(List<BookedOrder> orders) {
    orders.forEach(order -> closer.accept(OrderJson.workerpool(Bodies.of(order))));
  }

  /** Asks the chain what is left of each; that one is void is not told in another way. */
  public void lookAgain() {
    desk.refresh(all().stream().map(BookedOrder::hash).toList());
  }

  private List<BookedOrder> read(@Nullable Long category) {
    return desk.page(new BookQuery(
            Kind.WORKERPOOL,
            Map.of(Party.WORKERPOOL, new Match.Exactly(workerpool)),
            null,
            category,
            null,
            null,
            1,
            null,
            null,
            0,
            OrderDesk.MAX_OPEN_PER_SIGNER))
        .orders();
  }
}
