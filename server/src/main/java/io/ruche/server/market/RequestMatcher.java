package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.store.BookQuery;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches open requests, such as those of contracts, with this pool's terms and the cheapest app
 * and dataset on offer here. On a thread of its own, as each match is a transaction.
 */
public final class RequestMatcher implements AutoCloseable {
  /** Requests that wait for their turn; {@link #turn} finds those that found no room. */
  private static final int MAX_WAITING = 1_000;

  private static final int PAGE = 100;

  /** A request that the hub refuses so often is left alone. */
  private static final int MAX_TRIES = 3;

  private static final int MAX_REMEMBERED = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger("ruche.market");

  private final OrderDesk desk;
  private final PoolOffers offers;
  private final Matches matches;
  private final LinkedBlockingQueue<OrderHash> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Map<OrderHash, Integer> tries = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<OrderHash, Integer> eldest) {
      return size() > MAX_REMEMBERED;
    }
  };
  private final Thread thread;

  /** The way to the hub. */
  @FunctionalInterface
  public interface Matches {
    /**
     * Sends {@code matchOrders}, once for each key.
     *
     * @throws RucheException when the hub refuses, or cannot be asked
     */
    void match(
        String key,
        AppOrder app,
        DatasetOrder dataset,
        WorkerpoolOrder workerpool,
        RequestOrder request);
  }

  public RequestMatcher(OrderDesk desk, PoolOffers offers, Matches matches) {
    this.desk = desk;
    this.offers = offers;
    this.matches = matches;
    this.thread = Thread.ofVirtual().name("request-matcher").start(this::run);
  }

  /** Looks at a request that was just published. */
  public void published(OrderHash request) {
    waiting.offer(request);
  }

  /** Looks again at the open requests that pay best, as offers come and go. */
  public void turn() {
    var query =
        new BookQuery(Kind.REQUEST, Map.of(), null, null, null, null, 1, null, Tag.NONE, 0, PAGE);
    desk.page(query).orders().forEach(order -> published(order.hash()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        var hash = waiting.take();
        try {
          desk.find(hash)
              .filter(order -> order.status() == BookedOrder.Status.OPEN)
              .ifPresent(this::match);
        } catch (RucheException e) {
          LOG.info("request not matched order={} code={} {}", hash, e.code(), e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("request not matched order={}", hash, e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the matcher of requests ends");
    }
  }

  private void match(BookedOrder booked) {
    int number = tries.getOrDefault(booked.hash(), 0) + 1;
    if (number > MAX_TRIES) {
      return;
    }
    var request = OrderJson.request(Bodies.of(booked));
    var app = cheapest(Kind.APP, Party.APP, request.app(), request, request.appMaxPrice())
        .map(order -> OrderJson.app(Bodies.of(order)));
    var dataset = request.dataset().isZero()
        ? Optional.of(DatasetOrder.NONE)
        : cheapest(
                Kind.DATASET, Party.DATASET, request.dataset(), request, request.datasetMaxPrice())
            .map(order -> OrderJson.dataset(Bodies.of(order)));
    if (app.isEmpty() || dataset.isEmpty()) {
      return;
    }
    var pool = offers.forRequest(request, booked.remaining());
    if (pool.isEmpty()) {
      return;
    }
    tries.put(booked.hash(), number);
    var key = "match/%s/%d/%d".formatted(booked.hash(), booked.remaining(), number);
    matches.match(key, app.get(), dataset.get(), pool.get(), request);
    LOG.info(
        "request matched order={} app={} requester={}",
        booked.hash(),
        request.app(),
        request.requester());
  }

  private Optional<BookedOrder> cheapest(
      Kind kind, Party party, Address resource, RequestOrder request, TokenAmount maxPrice) {
    var query = new BookQuery(
        kind,
        Map.of(
            party,
            new Match.Exactly(resource),
            Party.REQUESTER,
            new Match.ExactlyOrOpen(request.requester())),
        null,
        null,
        null,
        null,
        1,
        null,
        Tag.NONE,
        0,
        1);
    return desk.page(query).orders().stream()
        .filter(order -> order.price().compareTo(maxPrice) <= 0)
        .findFirst();
  }
}
