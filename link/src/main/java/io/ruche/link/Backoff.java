package io.ruche.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries to connect: each half as long again as the one before, from the first to the
 * longest, so that a pool that restarts has its workers back in about the time that it was away;
 * each drawn between half and the whole, so that many workers do not come back at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "expected a positive first pause that is not longer than %s, found %s"
              .formatted(longest, first));
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  void reset() {
    next = first;
  }

  /** The next pause is drawn from the longest ones. */
  void exhaust() {
    next = longest;
  }

  Duration pause() {
    long millis = Math.max(1, next.toMillis());
    var longer = next.multipliedBy(3).dividedBy(2);
    next = longer.compareTo(longest) > 0 ? longest : longer;
    return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
  }
}
