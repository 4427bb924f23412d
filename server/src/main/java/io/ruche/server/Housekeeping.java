package io.ruche.server;

import io.ruche.core.OrderHash;
import io.ruche.core.RucheException;
import io.ruche.server.market.OrderDesk;
import io.ruche.store.SqlOutbox;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small jobs that a server does now and then, on a thread of its own. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final int ORDERS_AT_ONCE = 100;

  /** Done transactions are kept so long, so that a command that comes again finds them. */
  private static final Duration KEEP_DONE = Duration.ofDays(30);

  private final OrderDesk orders;
  private final SqlOutbox outbox;
  private final Runnable offers;
  private final InstantSource clock;
  private final Thread thread;
  private @Nullable OrderHash lastOrder;

  Housekeeping(OrderDesk orders, SqlOutbox outbox, Runnable offers, InstantSource clock) {
    this.orders = orders;
    this.outbox = outbox;
    this.offers = offers;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("housekeeping").start(this::run);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        turn();
      }
    } catch (InterruptedException e) {
      LOG.debug("housekeeping ends");
    }
  }

  private void turn() {
    try {
      // Before the book is read anew, as the deals that it would tell of may not have come in yet.
      offers.run();
      lastOrder = orders.refreshAfter(lastOrder, ORDERS_AT_ONCE);
      outbox.forgetDone(clock.instant().minus(KEEP_DONE));
    } catch (RucheException e) {
      LOG.warn("housekeeping waits code={} {}", e.code(), e.getMessage());
    }
  }
}
