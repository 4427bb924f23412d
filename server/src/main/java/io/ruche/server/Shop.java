package io.ruche.server;

import io.ruche.server.market.OpenOrders;
import io.ruche.server.market.PoolOffers;
import io.ruche.server.market.RequestMatcher;
import io.ruche.server.pool.Pool;
import io.ruche.store.BookedOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a pool has on offer in line with its machines, its deals and its operator's word. Used
 * by one thread.
 */
final class Shop {
  /**
   * Time for a deal to come in that the book shows already, as its orders were read from the chain:
   * until then it is counted nowhere, and would be sold again.
   */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private final Parts parts;
  private Instant closedUntil = Instant.MIN;

  /** What a shop works with; a pool that publishes no orders of its own has only open ones. */
  record Parts(
      Pool pool,
      OpenOrders orders,
      @Nullable PoolOffers offers,
      @Nullable RequestMatcher matcher,
      InstantSource clock) {}

  Shop(Parts parts) {
    this.parts = parts;
  }

  /** Publishes for the first time, and looks at requests that wait. */
  void open() {
    adjust();
    if (parts.matcher() != null) {
      parts.matcher().turn();
    }
  }

  /** Publishes what the pool can do, closes what it cannot; while it is drained, everything. */
  void adjust() {
    if (parts.pool().isDrained()) {
      parts.orders().close(parts.orders().all());
    } else if (parts.offers() != null && !parts.clock().instant().isBefore(closedUntil)) {
      parts.offers().publish();
    }
  }

  /** Looks at open requests again, and for orders that the chain has made void. */
  void sweep() {
    if (parts.matcher() != null) {
      parts.matcher().turn();
    }
    long before = onOffer();
    parts.orders().lookAgain();
    if (onOffer() != before) {
      closedUntil = parts.clock().instant().plus(SETTLE);
    }
  }

  private long onOffer() {
    return parts.orders().all().stream().mapToLong(BookedOrder::remaining).sum();
  }
}
