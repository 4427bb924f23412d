package io.ruche.server.market;

import io.ruche.scheduler.selling.Asked;
import io.ruche.scheduler.selling.Offerable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has on offer.
 *
 * @param orders that anybody may match now
 */
public record OnOffer(int orders, List<Line> lines) {
  public static final OnOffer NOTHING = new OnOffer(0, List.of());

  /**
   * Of one category.
   *
   * @param tasks on offer in all open orders
   * @param asked what new orders cost; null where the pool publishes none
   * @param limit why no more is on offer; null likewise
   */
  public record Line(
      long category, long tasks, @Nullable Asked asked, Offerable.@Nullable Limit limit) {}

  public OnOffer {
    lines = List.copyOf(lines);
  }
}
