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
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%d h %d min".formatted(seconds / 3_600, seconds % 3_600 / 60);
    }
    return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3_600);
  }
}
