package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.RequestOrder;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.Tag;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.settings.ServerSettings.Clients;
import io.ruche.server.settings.ServerSettings.Offer;
import io.ruche.store.BookQuery;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import io.ruche.store.BookedOrder.Parties;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the pool's standing offer: one order for each category, unless one is open already. */
public final class PoolOffers {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.market");
  private static final int SALT_BYTES = 32;

  private final OrderDesk desk;
  private final Address workerpool;
  private final Function<WorkerpoolOrder, WorkerpoolOrder> signer;
  private final Offer offer;
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, String> problems = new HashMap<>();

  public PoolOffers(
      OrderDesk desk,
      Address workerpool,
      Offer offer,
      Function<WorkerpoolOrder, WorkerpoolOrder> signer) {
    this.desk = desk;
    this.workerpool = workerpool;
    this.offer = offer;
    this.signer = signer;
  }

  /**
   * Publishes what is not on offer now: asked again and again, this also replaces orders that are
   * used up, and tries those that could not be published before. What is in the way is named in the
   * log once, with what to do; the pool runs on.
   */
  public void publish() {
    for (long category : offer.categories()) {
      if (isOffered(category)) {
        continue;
      }
      try {
        var booked = desk.publish(signer.apply(order(category, offer.volume(), Address.ZERO)));
        problems.remove(category);
        LOG.info(
            "workerpool order published order={} category={} price={} trust={}",
            booked.hash(),
            category,
            offer.price(),
            offer.trust());
      } catch (HttpProblem e) {
        if (!e.code().equals(problems.put(category, e.code()))) {
          LOG.warn(
              "workerpool order not published category={} code={} {} {}",
              category,
              e.code(),
              e.getMessage(),
              e.hint());
        }
      }
    }
  }

  private boolean isOffered(long category) {
    var query = new BookQuery(
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
        BookQuery.DEFAULT_PAGE);
    List<BookedOrder> open = desk.page(query).orders();
    return open.stream()
        .anyMatch(order -> order.price().equals(offer.price())
            && order.trust() == offer.trust()
            && isFor(order.parties(), offer.clients()));
  }

  private static boolean isFor(Parties parties, Clients clients) {
    return parties.app().equals(clients.app())
        && parties.dataset().equals(clients.dataset())
        && parties.requester().equals(clients.requester());
  }

  /** What the pool offers to one requester alone, once; empty when it does not serve this. */
  Optional<WorkerpoolOrder> forRequest(RequestOrder request, long volume) {
    boolean isServed = offer.categories().contains(request.categoryId())
        && request.trust() <= offer.trust()
        && request.tag().equals(Tag.NONE)
        && request.workerpoolMaxPrice().compareTo(offer.price()) >= 0;
    return isServed
        ? Optional.of(signer.apply(order(request.categoryId(), volume, request.requester())))
        : Optional.empty();
  }

  /** For this requester (zero: any); an offer that is for some stays so, as the hub will check. */
  private WorkerpoolOrder order(long category, long volume, Address requester) {
    var clients = offer.clients();
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new WorkerpoolOrder(
        workerpool,
        offer.price(),
        volume,
        Tag.NONE,
        category,
        offer.trust(),
        clients.app(),
        clients.dataset(),
        clients.requester().isZero() ? requester : clients.requester(),
        Salt.of(salt),
        Signature.EMPTY);
  }
}
