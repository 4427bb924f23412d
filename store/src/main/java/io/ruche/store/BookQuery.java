package io.ruche.store;

import io.ruche.core.Address;
import io.ruche.core.Tag;
import io.ruche.store.BookedOrder.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which open orders are wanted; null means that nothing is asked.
 *
 * @param parties what each of the four addresses must be; a party that is left out may be anything
 * @param minTag every bit of it must be set
 * @param maxTag no other bit may be set
 */
public record BookQuery(
    Kind kind,
    Map<Party, Match> parties,
    @Nullable Address signer,
    @Nullable Long category,
    @Nullable Long minTrust,
    @Nullable Long maxTrust,
    long minVolume,
    @Nullable Tag minTag,
    @Nullable Tag maxTag,
    int pageIndex,
    int pageSize) {
  public static final int MIN_PAGE = 1;
  public static final int MAX_PAGE = 1_000;
  public static final int DEFAULT_PAGE = 20;
  public static final int MAX_PAGE_INDEX = 10_000;

  /** A column of the book that holds an address. */
  public enum Party {
    APP("app"),
    DATASET("dataset"),
    WORKERPOOL("workerpool"),
    REQUESTER("requester");

    final String column;

    Party(String column) {
      this.column = column;
    }
  }

  /** What an address of an order must be. */
  public sealed interface Match {
    /** This address and no other. */
    record Exactly(Address address) implements Match {}

    /** This address, or zero. */
    record ExactlyOrOpen(Address address) implements Match {}

    /** Zero: not restricted. */
    record OpenOnly() implements Match {}
  }

  public BookQuery {
    parties = Map.copyOf(parties);
    if (pageSize < MIN_PAGE || pageSize > MAX_PAGE) {
      throw new IllegalArgumentException(
          "expected a page size from %d to %d, found %d".formatted(MIN_PAGE, MAX_PAGE, pageSize));
    }
    if (pageIndex < 0 || pageIndex > MAX_PAGE_INDEX) {
      throw new IllegalArgumentException(
          "expected a page index from 0 to %d, found %d".formatted(MAX_PAGE_INDEX, pageIndex));
    }
  }

  public static BookQuery all(Kind kind) {
    return new BookQuery(kind, Map.of(), null, null, null, null, 1, null, null, 0, DEFAULT_PAGE);
  }
}
