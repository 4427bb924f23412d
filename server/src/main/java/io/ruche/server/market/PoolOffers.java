package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.OrderJson;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.scheduler.selling.Asked;
import io.ruche.scheduler.selling.Offerable;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Parties;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps as much of the pool's standing offer published as there is stock: one order for each
 * category, another when most of it is used up, and none when the stock has shrunk below what is
 * open; such orders are closed on chain, as anybody could still match them.
 */
public final class PoolOffers {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.market");
  private static final int SALT_BYTES = 32;

  /** A further order is published when less than this part of the stock is on offer. */
  private static final int TOP_UP_BELOW = 2;

  private final Parts parts;
  private final OpenOrders orders;
  private final Offer offer;
  private final PriceDesk prices;
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, String> problems = new HashMap<>();
  private final Map<Long, Instant> shortSince = new HashMap<>();
  private volatile List<Offerable> offerable = List.of();

  /**
   * What it works with.
   *
   * @param isDrained whether nothing is to be sold now
   */
  public record Parts(
      OpenOrders orders,
      Offer offer,
      Stock stock,
      PriceDesk prices,
      UnaryOperator<WorkerpoolOrder> signer,
      BooleanSupplier isDrained,
      InstantSource clock) {}

  public PoolOffers(Parts parts) {
    this.parts = parts;
    this.orders = parts.orders();
    this.offer = parts.offer();
    this.prices = parts.prices();
  }

  /**
   * Brings what is on offer in line with the stock: asked again and again, this also replaces
   * orders that are used up, and tries those that could not be published before. What is in the way
   * is named in the log once, with what to do; the pool runs on.
   *
   * @param open its orders in the book, read before the stock: a deal that has left the one is
   *     counted in the other
   */
  public void publish(List<BookedOrder> open) {
    var byCategory = open.stream().collect(Collectors.groupingBy(BookedOrder::category));
    var available = parts.stock().available(offer);
    offerable = available.offerable();
    for (var one : available.offerable()) {
      var own = byCategory.getOrDefault(one.category(), List.of());
      var asked = prices.look(one.category(), available.trust(), own);
      if (!closeOthers(asked, own)) {
        fit(one, asked, available.trust(), own);
      }
    }
  }

  /** What is on offer and why no more, as of the last look, beside what is open now. */
  public List<OnOffer.Line> lines(List<BookedOrder> open) {
    var asked = prices.all();
    return offerable.stream()
        .map(one -> new OnOffer.Line(
            one.category(),
            open.stream()
                .filter(order -> order.category() == one.category())
                .mapToLong(BookedOrder::remaining)
                .sum(),
            asked.get(one.category()),
            one.limit()))
        .toList();
  }

  /** Whether there are orders at a price that has passed, which must go before others come. */
  private boolean closeOthers(Asked asked, List<BookedOrder> open) {
    var others = prices.isMoving()
        ? open.stream().filter(order -> !order.price().equals(asked.price())).toList()
        : List.<BookedOrder>of();
    orders.close(others);
    return !others.isEmpty();
  }

  private void fit(Offerable offerable, Asked asked, long trust, List<BookedOrder> open) {
    long category = offerable.category();
    boolean isTrustTooHigh = open.stream().anyMatch(order -> order.trust() > trust);
    long onOffer = open.stream().mapToLong(BookedOrder::remaining).sum();
    if (isLimited() && (onOffer > offerable.tasks() || isTrustTooHigh)) {
      var now = parts.clock().instant();
      var since = shortSince.computeIfAbsent(category, _ -> now);
      if (now.isBefore(since.plus(offer.selling().closeAfter()))) {
        return;
      }
      LOG.info(
          "workerpool orders closed category={} onOffer={} stock={} limit={} trust={}",
          category,
          onOffer,
          offerable.tasks(),
          offerable.limit(),
          trust);
      orders.close(open);
      return;
    }
    shortSince.remove(category);
    long counted = isLimited()
        ? onOffer
        : open.stream()
            .filter(order -> isOnOurTerms(order, asked))
            .mapToLong(BookedOrder::remaining)
            .sum();
    long missing = offerable.tasks() - counted;
    if (missing > 0
        && (isLimited() ? counted < offerable.tasks() / TOP_UP_BELOW + 1 : counted == 0)) {
      publish(category, asked, trust, missing);
    } else if (offerable.tasks() == 0 && open.isEmpty()) {
      tellOnce(category, offerable.limit().name(), "nothing is on offer");
    }
  }

  /** Whether it offers only what its machines can do beside what is sold. */
  public boolean isLimited() {
    return !offer.selling().isAll();
  }

  private void publish(long category, Asked asked, long trust, long volume) {
    try {
      var booked =
          orders.publish(parts.signer().apply(order(category, asked, volume, trust, Address.ZERO)));
      problems.remove(category);
      LOG.info(
          "workerpool order published order={} category={} volume={} price={} why={} trust={}",
          booked.hash(),
          category,
          volume,
          asked.price(),
          asked.why(),
          trust);
    } catch (HttpProblem e) {
      tellOnce(category, e.code(), e.getMessage() + " " + e.hint());
    }
  }

  private void tellOnce(long category, String code, String detail) {
    if (!code.equals(problems.put(category, code))) {
      LOG.warn("workerpool order not published category={} code={} {}", category, code, detail);
    }
  }

  private boolean isOnOurTerms(BookedOrder order, Asked asked) {
    return order.price().equals(asked.price())
        && order.trust() == offer.trust()
        && isFor(order.parties(), offer.clients());
  }

  private static boolean isFor(Parties parties, Clients clients) {
    return parties.app().equals(clients.app())
        && parties.dataset().equals(clients.dataset())
        && parties.requester().equals(clients.requester());
  }

  /**
   * The terms for one request; empty when the pool does not serve it. Where the stock is limited
   * all of it is on offer already, so that is what is given.
   */
  Optional<WorkerpoolOrder> forRequest(RequestOrder request, long volume) {
    boolean isServed = !parts.isDrained().getAsBoolean()
        && offer.categories().contains(request.categoryId())
        && request.trust() <= offer.trust()
        && request.tag().equals(Tag.NONE);
    if (!isServed) {
      return Optional.empty();
    }
    var asked = prices.of(request.categoryId(), offer.trust());
    if (request.workerpoolMaxPrice().compareTo(asked.price()) < 0) {
      return Optional.empty();
    }
    return isLimited()
        ? orders.of(request.categoryId()).stream()
            .filter(order -> isFor(order.parties(), offer.clients()))
            .filter(order -> order.price().compareTo(request.workerpoolMaxPrice()) <= 0)
            .filter(order -> order.trust() >= request.trust())
            .findFirst()
            .map(order -> OrderJson.workerpool(Bodies.of(order)))
        : Optional.of(parts
            .signer()
            .apply(order(request.categoryId(), asked, volume, offer.trust(), request.requester())));
  }

  /** For this requester (zero: any); an offer that is for some stays so, as the hub will check. */
  private WorkerpoolOrder order(
      long category, Asked asked, long volume, long trust, Address requester) {
    var clients = offer.clients();
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new WorkerpoolOrder(
        orders.workerpool(),
        asked.price(),
        volume,
        Tag.NONE,
        category,
        trust,
        clients.app(),
        clients.dataset(),
        clients.requester().isZero() ? requester : clients.requester(),
        Salt.of(salt),
        Signature.EMPTY);
  }
}
