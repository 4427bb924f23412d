package io.ruche.store;

import io.ruche.core.Address;
import io.ruche.core.OrderHash;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import java.time.Instant;

/**
 * A published order as the book keeps it: the columns it is searched by, and its whole text.
 *
 * @param parties the order's own resource and who it is restricted to
 * @param price price of a standing order; the pool's maximum of a request
 * @param body the signed order as JSON, as it was published
 */
public record BookedOrder(
    OrderHash hash,
    Kind kind,
    Address signer,
    Parties parties,
    TokenAmount price,
    long volume,
    long remaining,
    Tag tag,
    long category,
    long trust,
    Status status,
    String body,
    Instant publishedAt) {

  /** The four kinds of orders. */
  public enum Kind {
    APP,
    DATASET,
    WORKERPOOL,
    REQUEST
  }

  /** Open orders are listed; the others are only found by hash. */
  public enum Status {
    OPEN,
    FILLED,
    CANCELED,
    DEAD
  }

  /** Zero means anybody. */
  public record Parties(Address app, Address dataset, Address workerpool, Address requester) {}
}
