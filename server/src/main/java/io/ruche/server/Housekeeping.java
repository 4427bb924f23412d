package io.ruche.server;

import io.ruche.core.OrderHash;
import io.ruche.server.market.OrderDesk;
import io.ruche.store.SqlOutbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Small jobs that a server does now and then; what the pool has on offer is seen to each time. */
final class Housekeeping implements Runnable {
  static final Duration EVERY = Duration.ofSeconds(15);
  private static final int ORDERS_AT_ONCE = 100;

  /** Done transactions are kept so long, so that a command that comes again finds them. */
  private static final Duration KEEP_DONE = Duration.ofDays(30);

  private final OrderDesk orders;
  private final SqlOutbox outbox;
  private final @Nullable Shop shop;
  private final InstantSource clock;
  private Instant sweepAt;
  private @Nullable OrderHash lastOrder;

  Housekeeping(OrderDesk orders, SqlOutbox outbox, @Nullable Shop shop, InstantSource clock) {
    this.orders = orders;
    this.outbox = outbox;
    this.shop = shop;
    this.clock = clock;
    this.sweepAt = clock.instant().plus(EVERY);
  }

  @Override
  public void run() {
    var now = clock.instant();
    if (shop != null) {
      shop.adjust();
    }
    if (now.isBefore(sweepAt)) {
      return;
    }
    sweepAt = now.plus(EVERY);
    if (shop != null) {
      shop.sweep();
    }
    lastOrder = orders.refreshAfter(lastOrder, ORDERS_AT_ONCE);
    outbox.forgetDone(now.minus(KEEP_DONE));
  }
}
