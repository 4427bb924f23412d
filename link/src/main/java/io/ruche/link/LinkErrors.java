package io.ruche.link;

import io.ruche.core.RucheException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Why a session with a pool did not begin or ended. */
public final class LinkErrors {
  public static final String POOL_UNREACHABLE = "POOL_UNREACHABLE";
  public static final String POOL_SILENT = "POOL_SILENT";
  public static final String POOL_CLOSED = "POOL_CLOSED";

  /** The worker itself ended the session, to log in with another offer. */
  public static final String OFFER_CHANGED = "OFFER_CHANGED";

  /** The pool refused the session; the pool's own code is in the message. */
  public static final String POOL_REJECTED = "POOL_REJECTED";

  private LinkErrors() {}

  static RucheException unreachable(URI pool, String why, @Nullable Throwable cause) {
    return new RucheException(
        POOL_UNREACHABLE,
        "cannot reach the pool at %s: %s.".formatted(pool, why),
        "The worker keeps trying; check the address and that the pool runs.",
        true,
        cause);
  }

  static RucheException silent(URI pool, long millis) {
    return new RucheException(
        POOL_SILENT,
        "the pool at %s said nothing for %d ms.".formatted(pool, millis),
        "The worker connects again by itself.",
        true);
  }

  static RucheException closed(URI pool, String why) {
    return new RucheException(
        POOL_CLOSED,
        "the session with the pool at %s ended: %s.".formatted(pool, why),
        "The worker connects again by itself.",
        true);
  }

  static RucheException offerChanged(URI pool) {
    return new RucheException(
        OFFER_CHANGED,
        "this worker offers more than before to the pool at %s.".formatted(pool),
        "The worker connects again by itself.",
        true);
  }

  static RucheException rejected(URI pool, FromPool.Rejected rejected) {
    return new RucheException(
        POOL_REJECTED,
        "the pool at %s refused this worker: %s.".formatted(pool, rejected.code()),
        rejected.detail(),
        true);
  }

  static RucheException senseless(URI pool, IllegalArgumentException cause) {
    return new RucheException(
        LinkCodec.BAD_FRAME,
        "the pool at %s sent a message that makes no sense: %s."
            .formatted(pool, cause.getMessage()),
        "Check that both ends run compatible versions of Ruche.",
        false,
        cause);
  }

  static RucheException unexpected(URI pool, String expected, Object found) {
    return new RucheException(
        LinkCodec.BAD_FRAME,
        "expected %s from the pool at %s, found %s."
            .formatted(expected, pool, found.getClass().getSimpleName()),
        "Check that both ends run compatible versions of Ruche.",
        true);
  }
}
