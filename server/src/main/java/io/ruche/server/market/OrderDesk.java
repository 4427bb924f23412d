package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.AppOrder;
import io.ruche.core.DatasetOrder;
import io.ruche.core.DealParams;
import io.ruche.core.Order;
import io.ruche.core.OrderHash;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.TokenAmount;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.server.http.HttpProblem;
import io.ruche.store.BookQuery;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import io.ruche.store.BookedOrder.Parties;
import io.ruche.store.BookedOrder.Status;
import io.ruche.store.SqlOrderBook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes orders in after checking them, and keeps what is left of each in step with the chain. */
public final class OrderDesk {
  /** Open orders of one kind that a signer may have here. */
  public static final int MAX_OPEN_PER_SIGNER = 50;

  /** Orders that are used up and read again after a reorg that reaches beyond what is known. */
  private static final int MAX_FILLED_AGAIN = 1_000;

  private static final int READ_AT_ONCE = 100;

  /** Percent of a pool's price that the hub locks for each task. */
  private static final long POOL_STAKE_PERCENT = 30;

  private final SqlOrderBook book;
  private final MarketChain chain;
  private final InstantSource clock;

  public OrderDesk(SqlOrderBook book, MarketChain chain, InstantSource clock) {
    this.book = book;
    this.chain = chain;
    this.clock = clock;
  }

  /**
   * Publishes an order.
   *
   * @throws HttpProblem when the hub would refuse to match it, or its signer has too many
   */
  public BookedOrder publish(Order order) {
    var hash = order.hash(chain.domain());
    var kind = kindOf(order);
    requireShape(order);
    var known = book.find(hash);
    if (known.isPresent()) {
      throw new HttpProblem(
          409, "ORDER_KNOWN", "order %s is already published.".formatted(hash), "");
    }
    var signer = signerOf(order, kind);
    requireSignature(order, hash, signer);
    long remaining = order.volume() - chain.consumed(List.of(hash)).getOrDefault(hash, 0L);
    if (remaining <= 0) {
      throw HttpProblem.badRequest(
          "ORDER_CONSUMED",
          "order %s is used up or cancelled: %d of %d tasks left."
              .formatted(hash, Math.max(0, remaining), order.volume()),
          "Sign a new one with another salt.");
    }
    requireStake(order, signer, remaining);
    if (book.countOpen(signer, kind) >= MAX_OPEN_PER_SIGNER) {
      throw HttpProblem.tooMany(
          "%s has %d open orders of this kind already.".formatted(signer, MAX_OPEN_PER_SIGNER),
          "Cancel some on chain, or wait until they are used up.");
    }
    var booked = booked(order, hash, signer, remaining);
    book.add(booked);
    return booked;
  }

  public Optional<BookedOrder> find(OrderHash hash) {
    return book.find(hash);
  }

  public SqlOrderBook.Page page(BookQuery query) {
    return book.page(query);
  }

  /** Reads again what is left of these orders, after a match or a cancellation. */
  public void refresh(List<OrderHash> hashes) {
    var known = hashes.stream().map(book::find).flatMap(Optional::stream).toList();
    if (known.isEmpty()) {
      return;
    }
    var consumed = chain.consumed(known.stream().map(BookedOrder::hash).toList());
    for (var order : known) {
      long left = Math.max(0, order.volume() - consumed.getOrDefault(order.hash(), 0L));
      book.update(order.hash(), left, left > 0 ? Status.OPEN : Status.FILLED);
    }
  }

  /** As {@link #refresh}, of the newest orders that are used up: what a reorg may have undone. */
  public void refreshFilled() {
    var filled = book.newestFilled(MAX_FILLED_AGAIN);
    for (int i = 0; i < filled.size(); i += READ_AT_ONCE) {
      refresh(filled.subList(i, Math.min(filled.size(), i + READ_AT_ONCE)));
    }
  }

  /**
   * Reads again what is left of the next open orders: cancellations are seen by their owners' word
   * on chain only. Gives the last order looked at, or null when the book is through.
   */
  public @Nullable OrderHash refreshAfter(@Nullable OrderHash last, int limit) {
    var hashes = book.openAfter(last, limit);
    refresh(hashes);
    return hashes.size() < limit ? null : hashes.getLast();
  }

  static Kind kindOf(Order order) {
    return switch (order) {
      case AppOrder _ -> Kind.APP;
      case DatasetOrder _ -> Kind.DATASET;
      case WorkerpoolOrder _ -> Kind.WORKERPOOL;
      case RequestOrder _ -> Kind.REQUEST;
    };
  }

  private void requireShape(Order order) {
    if (order.volume() < 1) {
      throw HttpProblem.badRequest("ORDER_EMPTY", "expected a volume of 1 or more tasks.", "");
    }
    if (order instanceof RequestOrder request
        && request.params().length() > DealParams.MAX_LENGTH) {
      throw HttpProblem.badRequest(
          "PARAMS_TOO_LONG",
          "expected params of at most %d characters, found %d."
              .formatted(DealParams.MAX_LENGTH, request.params().length()),
          "Pass large inputs as files.");
    }
    long category = switch (order) {
      case WorkerpoolOrder pool -> pool.categoryId();
      case RequestOrder request -> request.categoryId();
      case AppOrder _ -> 0;
      case DatasetOrder _ -> 0;
    };
    if (!chain.hasCategory(category)) {
      throw HttpProblem.badRequest(
          "CATEGORY_UNKNOWN", "the hub has no category %d.".formatted(category), "");
    }
  }

  private Address signerOf(Order order, Kind kind) {
    return switch (order) {
      case AppOrder app -> ownerOf(kind, app.app());
      case DatasetOrder dataset -> ownerOf(kind, dataset.dataset());
      case WorkerpoolOrder pool -> ownerOf(kind, pool.workerpool());
      case RequestOrder request -> request.requester();
    };
  }

  private Address ownerOf(Kind kind, Address resource) {
    return chain
        .ownerOf(kind, resource)
        .orElseThrow(() -> HttpProblem.badRequest(
            "RESOURCE_UNKNOWN",
            "%s is no registered %s on this hub."
                .formatted(resource, kind.name().toLowerCase(Locale.ROOT)),
            "Deploy it first, and check the chain id."));
  }

  private void requireSignature(Order order, OrderHash hash, Address signer) {
    if (!chain.isSigned(signer, hash, order.sign())) {
      throw HttpProblem.badRequest(
          "BAD_SIGNATURE",
          "order %s is not signed by %s.".formatted(hash, signer),
          "Sign it with the owner's wallet for this chain and hub.");
    }
  }

  private void requireStake(Order order, Address signer, long remaining) {
    var needed = switch (order) {
      case WorkerpoolOrder pool -> pool.price().percentRoundedDown(POOL_STAKE_PERCENT);
      case RequestOrder request ->
        request
            .appMaxPrice()
            .plus(request.datasetMaxPrice())
            .plus(request.workerpoolMaxPrice())
            .times(remaining);
      case AppOrder _ -> TokenAmount.ZERO;
      case DatasetOrder _ -> TokenAmount.ZERO;
    };
    if (needed.isZero()) {
      return;
    }
    var free = chain.freeStake(signer);
    if (free.compareTo(needed) < 0) {
      throw HttpProblem.badRequest(
          "STAKE_TOO_LOW",
          "%s has %s deposited but this order needs %s.".formatted(signer, free, needed),
          "Deposit at least %s more.".formatted(needed.minus(free)));
    }
  }

  private BookedOrder booked(Order order, OrderHash hash, Address signer, long remaining) {
    return new BookedOrder(
        hash,
        kindOf(order),
        signer,
        parties(order),
        price(order),
        order.volume(),
        remaining,
        order.tag(),
        order instanceof WorkerpoolOrder pool
            ? pool.categoryId()
            : order instanceof RequestOrder request ? request.categoryId() : 0,
        order instanceof WorkerpoolOrder pool
            ? pool.trust()
            : order instanceof RequestOrder request ? request.trust() : 0,
        Status.OPEN,
        OrderJson.write(order).toString(),
        Instant.ofEpochMilli(clock.millis()));
  }

  private static Parties parties(Order order) {
    return switch (order) {
      case AppOrder app ->
        new Parties(
            app.app(), app.datasetRestrict(), app.workerpoolRestrict(), app.requesterRestrict());
      case DatasetOrder dataset ->
        new Parties(
            dataset.appRestrict(),
            dataset.dataset(),
            dataset.workerpoolRestrict(),
            dataset.requesterRestrict());
      case WorkerpoolOrder pool ->
        new Parties(
            pool.appRestrict(),
            pool.datasetRestrict(),
            pool.workerpool(),
            pool.requesterRestrict());
      case RequestOrder request ->
        new Parties(request.app(), request.dataset(), request.workerpool(), request.requester());
    };
  }

  private static TokenAmount price(Order order) {
    return switch (order) {
      case AppOrder app -> app.price();
      case DatasetOrder dataset -> dataset.price();
      case WorkerpoolOrder pool -> pool.price();
      case RequestOrder request -> request.workerpoolMaxPrice();
    };
  }
}
