package io.ruche.cli.output;

import java.time.Duration;

/** Durations as people say them: the two largest units. */
public final class Durations {
  private Durations() {}

  public static String brief(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return both(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return both(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    return both(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  private static String both(long large, String largeUnit, long small, String smallUnit) {
    var text = large + " " + largeUnit;
    return small == 0 ? text : "%s %d %s".formatted(text, small, smallUnit);
  }
}
