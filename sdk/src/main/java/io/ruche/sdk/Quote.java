package io.ruche.sdk;

import io.ruche.core.Category;
import io.ruche.core.Consensus;
import io.ruche.core.TokenAmount;
import java.util.List;

/**
 * What a demand costs now, from offers that were checked. It reserves nothing: the offers may be
 * gone when it is accepted, and buying then fails with nothing charged.
 */
public record Quote(Demand demand, Category category, List<Lot> lots) {
  /** The share of lying workers that {@link #errorWhenTenthLies} assumes. */
  public static final double ASSUMED_LIARS = 0.1;

  public Quote {
    lots = List.copyOf(lots);
  }

  public TokenAmount total() {
    return lots.stream().map(Lot::price).reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  public TokenAmount highestPricePerTask() {
    return lots.stream()
        .map(Lot::pricePerTask)
        .max(TokenAmount::compareTo)
        .orElse(TokenAmount.ZERO);
  }

  /** Copies that settle a task when new workers agree. */
  public int copies() {
    return Consensus.copiesWhenAllAgree(demand.trust());
  }

  /** Chance of a wrong certified result if a tenth of all workers lied, and lied alike. */
  public double errorWhenTenthLies() {
    return Consensus.errorWithLiars(demand.trust(), ASSUMED_LIARS);
  }
}
