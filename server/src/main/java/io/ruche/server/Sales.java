package io.ruche.server;

import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.MatchedOrders;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.OrderHash;
import io.ruche.server.chain.CategoryCache;
import io.ruche.server.chain.HubPoolChain;
import io.ruche.server.market.OnOffer;
import io.ruche.server.market.OpenOrders;
import io.ruche.server.market.OrderDesk;
import io.ruche.server.market.PoolOffers;
import io.ruche.server.market.PriceDesk;
import io.ruche.server.market.RequestMatcher;
import io.ruche.server.market.Stock;
import io.ruche.server.pool.Pool;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.store.BookedOrder;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a pool sells with: its orders in the book, its offers where it makes some. */
final class Sales implements AutoCloseable {
  private final OpenOrders orders;
  private final @Nullable PoolOffers offers;
  private final @Nullable RequestMatcher matcher;
  private final Shop shop;

  /**
   * What it is made of.
   *
   * @param offer null when the pool publishes no orders of its own
   * @param again asks for another look at what is on offer, soon
   */
  record Parts(
      Pool pool,
      @Nullable Offer offer,
      Wallet owner,
      Hub hub,
      HubPoolChain chain,
      OrderDesk desk,
      Shop.Blocks blocks,
      Runnable again,
      InstantSource clock) {}

  Sales(Parts parts) {
    orders = new OpenOrders(
        parts.desk(), parts.pool().linkSettings().workerpool(), parts.chain()::closeOrder);
    var offer = parts.offer();
    offers = offer == null ? null : offers(parts, offer);
    matcher = offers == null ? null : matcher(parts, offers);
    shop = new Shop(
        new Shop.Parts(parts.pool(), orders, offers, matcher, parts.blocks(), parts.again()));
  }

  Shop shop() {
    return shop;
  }

  /** A request is in the book now. */
  void published(OrderHash request) {
    if (matcher != null) {
      matcher.published(request);
    }
  }

  OnOffer onOffer() {
    var open = orders.all();
    return new OnOffer(open.size(), offers == null ? withoutTerms(open) : offers.lines(open));
  }

  private static List<OnOffer.Line> withoutTerms(List<BookedOrder> open) {
    return open.stream()
        .collect(Collectors.groupingBy(
            BookedOrder::category, Collectors.summingLong(BookedOrder::remaining)))
        .entrySet()
        .stream()
        .map(one -> new OnOffer.Line(one.getKey(), one.getValue(), null, null))
        .toList();
  }

  @Override
  public void close() {
    if (matcher != null) {
      matcher.close();
    }
  }

  private PoolOffers offers(Parts parts, Offer offer) {
    var categories = new CategoryCache(parts.hub());
    var stock = offer.selling().isAll()
        ? Stock.bySettings()
        : new CapacityStock(parts.pool(), offer.selling().percent(), categories);
    var prices = new PriceDesk(new PriceDesk.Parts(
        offer.pricing(), parts.desk(), parts.owner().address(), categories, parts.clock()));
    return new PoolOffers(new PoolOffers.Parts(
        orders,
        offer,
        stock,
        prices,
        order -> parts.owner().sign(order, parts.hub().domain()),
        parts.pool()::isDrained,
        parts.clock()));
  }

  private static RequestMatcher matcher(Parts parts, PoolOffers offers) {
    return new RequestMatcher(
        parts.desk(),
        offers,
        (key, app, dataset, workerpool, request) ->
            parts.chain().match(key, new MatchedOrders(app, dataset, workerpool, request)));
  }
}
