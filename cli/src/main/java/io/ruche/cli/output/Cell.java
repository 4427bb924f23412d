package io.ruche.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One value of a table.
 *
 * @param brief what a person sees on a terminal; may be cut to fit
 * @param full what a pipe gets: complete and stable
 */
public record Cell(String brief, String full) {
  private static final int SHORT_HEX_DIGITS = 6;

  public static Cell of(Object value) {
    var text = String.valueOf(value);
    return new Cell(text, text);
  }

  /** An id: its first and last digits on a terminal. */
  public static Cell id(Object value) {
    var text = String.valueOf(value);
    if (text.length() <= 2 + 3 * SHORT_HEX_DIGITS) {
      return new Cell(text, text);
    }
    var head = text.substring(0, 2 + SHORT_HEX_DIGITS);
    return new Cell(head + ".." + text.substring(text.length() - SHORT_HEX_DIGITS + 2), text);
  }

  /** A point in time: relative on a terminal, ISO in a pipe. */
  public static Cell time(Instant time, Instant now) {
    return new Cell(relative(time, now), time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String relative(Instant time, Instant now) {
    var distance = Duration.between(time, now);
    return distance.isNegative()
        ? "in " + Durations.brief(distance.negated())
        : Durations.brief(distance) + " ago";
  }
}
