package io.ruche.sdk;

import io.ruche.core.Address;
import io.ruche.core.DealParams;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * What a requester wants.
 *
 * @param dataset zero for none
 * @param workerpool the only pool to use; zero for any
 * @param tasks how many runs; each sees its own index
 * @param trust the protocol's number: the higher, the more copies must agree
 * @param maxTotal the most that all tasks together may cost; null for no limit of one's own
 * @param payer whose deposit pays: the requester, or a sponsor
 */
public record Demand(
    Address requester,
    Address app,
    Address dataset,
    Address workerpool,
    long tasks,
    long categoryId,
    long trust,
    Tag tag,
    DealParams params,
    @Nullable TokenAmount maxTotal,
    Address payer) {
  /** Larger bags are bought in several runs. */
  public static final long MAX_TASKS = 100_000;

  public Demand {
    if (tasks < 1 || tasks > MAX_TASKS) {
      throw new IllegalArgumentException(
          "expected 1 to %d tasks, found: %d".formatted(MAX_TASKS, tasks));
    }
    if (trust < 0 || categoryId < 0) {
      throw new IllegalArgumentException(
          "expected a trust and a category of 0 or more, found: %d and %d"
              .formatted(trust, categoryId));
    }
  }

  /** Paid by the requester. */
  public Demand(
      Address requester,
      Address app,
      Address dataset,
      Address workerpool,
      long tasks,
      long categoryId,
      long trust,
      Tag tag,
      DealParams params,
      @Nullable TokenAmount maxTotal) {
    this(
        requester,
        app,
        dataset,
        workerpool,
        tasks,
        categoryId,
        trust,
        tag,
        params,
        maxTotal,
        requester);
  }

  /** The same, paid by somebody else. */
  public Demand paidBy(Address sponsor) {
    return new Demand(
        requester,
        app,
        dataset,
        workerpool,
        tasks,
        categoryId,
        trust,
        tag,
        params,
        maxTotal,
        sponsor);
  }

  public boolean isSponsored() {
    return !payer.equals(requester);
  }

  public boolean hasDataset() {
    return !dataset.isZero();
  }
}
