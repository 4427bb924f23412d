package io.ruche.server;

import io.ruche.core.OrderHash;
import io.ruche.server.market.OpenOrders;
import io.ruche.server.market.PoolOffers;
import io.ruche.server.market.RequestMatcher;
import io.ruche.server.pool.Pool;
import io.ruche.store.BookedOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a pool has on offer in line with its machines, its deals and its operator's word. Used
 * by one thread.
 *
 * <p>The book shows what the newest block has left of an order, while the pool hears of deals by
 * the logs of blocks that have some more on top. What was bought in between is counted nowhere, and
 * would be sold again: whenever an order has shrunk, nothing is published until the pool was told
 * of all blocks that the book may have seen.
 */
final class Shop {
  private final Parts parts;
  private Map<OrderHash, Long> lastLeft = new HashMap<>();
  private long bookIsOf = Long.MAX_VALUE;
  private boolean isFirstLook = true;

  /**
   * What a shop works with; a pool that publishes no orders of its own has only open ones.
   *
   * @param again asks for another look, soon
   */
  record Parts(
      Pool pool,
      OpenOrders orders,
      @Nullable PoolOffers offers,
      @Nullable RequestMatcher matcher,
      Blocks blocks,
      Runnable again) {}

  /**
   * How far the chain is known.
   *
   * @param newest number of the chain's newest block, asked of the node
   * @param told up to which block the pool was told of its deals
   */
  record Blocks(LongSupplier newest, LongSupplier told) {}

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
    var open = parts.orders().all();
    var offers = parts.offers();
    if (parts.pool().isDrained()) {
      parts.orders().close(open);
    } else if (offers != null && offers.isLimited() && !isPoolUpTo(open)) {
      parts.again().run();
    } else if (offers != null) {
      offers.publish(open);
      parts.orders().all().forEach(one -> lastLeft.putIfAbsent(one.hash(), one.volume()));
    }
  }

  /** Looks at open requests again, and for orders that the chain has made void. */
  void sweep() {
    if (parts.matcher() != null) {
      parts.matcher().turn();
    }
    parts.orders().lookAgain();
  }

  /** Whether the pool has every deal that this book shows. */
  private boolean isPoolUpTo(List<BookedOrder> open) {
    var left = new HashMap<OrderHash, Long>();
    open.forEach(one -> left.put(one.hash(), one.remaining()));
    if (isFirstLook || hasShrunk(left)) {
      bookIsOf = parts.blocks().newest().getAsLong();
      isFirstLook = false;
    }
    lastLeft = left;
    return parts.blocks().told().getAsLong() >= bookIsOf;
  }

  private boolean hasShrunk(Map<OrderHash, Long> left) {
    return lastLeft.entrySet().stream()
        .anyMatch(one -> left.getOrDefault(one.getKey(), 0L) < one.getValue());
  }
}
