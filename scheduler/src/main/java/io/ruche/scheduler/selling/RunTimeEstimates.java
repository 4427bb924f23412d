package io.ruche.scheduler.selling;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a run of each category holds a slot, from runs seen: a smoothed mean and a margin of
 * four smoothed mean deviations, as TCP estimates its round trips (RFC 6298, section 2). Called
 * from one thread.
 */
public final class RunTimeEstimates {
  private static final int MEAN_SHARE = 8;
  private static final int DEVIATION_SHARE = 4;
  private static final int DEVIATIONS = 4;

  private final Map<Long, Seen> byCategory = new HashMap<>();

  private record Seen(double meanMillis, double deviationMillis) {
    Seen next(double millis) {
      double off = Math.abs(meanMillis - millis);
      return new Seen(
          meanMillis + (millis - meanMillis) / MEAN_SHARE,
          deviationMillis + (off - deviationMillis) / DEVIATION_SHARE);
    }
  }

  /** A run of this category held its slot so long. */
  public void observed(long category, Duration held) {
    double millis = Math.max(0, held.toMillis());
    byCategory.merge(
        category, new Seen(millis, millis / 2), (before, first) -> before.next(millis));
  }

  /** What to expect of the next run; {@code unseen} as long as none was seen. */
  public Duration expected(long category, Duration unseen) {
    var seen = byCategory.get(category);
    return seen == null
        ? unseen
        : Duration.ofMillis(
            (long) Math.ceil(seen.meanMillis() + DEVIATIONS * seen.deviationMillis()));
  }
}
