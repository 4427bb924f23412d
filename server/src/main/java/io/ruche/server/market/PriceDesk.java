package io.ruche.server.market;

import io.ruche.core.Address;
import io.ruche.core.Category;
import io.ruche.core.Consensus;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.selling.Asked;
import io.ruche.scheduler.selling.Pricing;
import io.ruche.scheduler.selling.Pricing.Good;
import io.ruche.store.BookQuery;
import io.ruche.store.BookQuery.Match;
import io.ruche.store.BookQuery.Party;
import io.ruche.store.BookedOrder;
import io.ruche.store.BookedOrder.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What the pool asks for each category, as its pricing says. Any thread may call. */
public final class PriceDesk {
  private final Parts parts;
  private final Map<Long, Asked> asked = new ConcurrentHashMap<>();

  /**
   * What it works with.
   *
   * @param owner whose other offers are no rivals
   * @param categories null for those that the hub does not have
   */
  public record Parts(
      Pricing pricing,
      OrderDesk desk,
      Address owner,
      LongFunction<@Nullable Category> categories,
      InstantSource clock) {}

  public PriceDesk(Parts parts) {
    this.parts = parts;
  }

  /** Whether orders at an earlier price must go. */
  boolean isMoving() {
    return parts.pricing().isMoving();
  }

  /** What was asked last, by category. */
  public Map<Long, Asked> all() {
    return new TreeMap<>(asked);
  }

  /** What is asked for a category as far as it is known; looked up when it was not yet. */
  Asked of(long category, long trust) {
    var known = asked.get(category);
    return known == null ? look(category, trust, List.of()) : known;
  }

  /**
   * Looks at the book, and says what is asked from now on.
   *
   * @param trust that is promised
   * @param own open orders of the category: the last of them says what was asked before a restart
   */
  Asked look(long category, long trust, List<BookedOrder> own) {
    var rival = parts.pricing().isMoving() ? rival(category, trust) : null;
    var good = good(category, trust);
    var now = parts.clock().instant();
    return asked.compute(
        category,
        (_, known) -> parts.pricing().ask(good, rival, known == null ? before(own) : known, now));
  }

  private Good good(long category, long trust) {
    var known = parts.categories().apply(category);
    return new Good(
        known == null ? Duration.ZERO : known.referenceTime(), Consensus.copiesWhenAllAgree(trust));
  }

  private static @Nullable Asked before(List<BookedOrder> own) {
    return own.stream()
        .max(Comparator.comparing(BookedOrder::publishedAt))
        .map(order -> new Asked(order.price(), Asked.Why.STEPPING, order.publishedAt()))
        .orElse(null);
  }

  /** The lowest price at which others sell the like to anybody. */
  private @Nullable TokenAmount rival(long category, long trust) {
    var open = new Match.OpenOnly();
    var query = new BookQuery(
        Kind.WORKERPOOL,
        Map.of(Party.APP, open, Party.DATASET, open, Party.REQUESTER, open),
        null,
        category,
        trust,
        null,
        1,
        null,
        Tag.NONE,
        0,
        OrderDesk.MAX_OPEN_PER_SIGNER + 1);
    return parts.desk().page(query).orders().stream()
        .filter(order -> !order.signer().equals(parts.owner()))
        .map(BookedOrder::price)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
