package io.ruche.server;

import io.ruche.core.Category;
import io.ruche.scheduler.selling.Offerable;
import io.ruche.server.market.Stock;
import io.ruche.server.pool.Pool;
import io.ruche.server.settings.ServerSettings.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What the pool's machines can do before the deadlines, beside what is sold already. */
final class CapacityStock implements Stock {
  private final Pool pool;
  private final int sellablePercent;
  private final LongFunction<@Nullable Category> categories;

  CapacityStock(Pool pool, int sellablePercent, LongFunction<@Nullable Category> categories) {
    this.pool = pool;
    this.sellablePercent = sellablePercent;
    this.categories = categories;
  }

  @Override
  public Available available(Offer offer) {
    var known = new ArrayList<Category>();
    for (long id : offer.categories()) {
      var category = categories.apply(id);
      if (category != null) {
        known.add(category);
      }
    }
    long trust = Math.min(offer.trust(), Math.max(1, pool.servableTrust()));
    List<Offerable> offerable = pool.offerable(known, trust, offer.volume(), sellablePercent);
    return new Available(trust, offerable);
  }
}
