package io.ruche.agent.availability;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code who -u} prints: a line per session with the time since its terminal was used,
 * {@code .} for less than a minute, {@code old} for more than a day, {@code ?} where that is not
 * known, as for a desktop.
 */
final class LoggedIn {
  private static final Duration OLD = Duration.ofDays(1);
  private static final Pattern LINE =
      Pattern.compile("\\S+\\s+(\\S+)\\s.*?\\s(\\.|old|\\?|(\\d\\d):(\\d\\d))\\s+\\d+(\\s.*)?");

  private LoggedIn() {}

  /**
   * Time since the terminal used last was used; empty without sessions. What is not understood is
   * in use.
   *
   * @param isScreenKnown whether somebody else tells of desktops
   */
  static Optional<Duration> idle(String text, boolean isScreenKnown) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(LINE::matcher)
        .filter(line -> !(isScreenKnown && line.matches() && isDesktop(line)))
        .map(line -> line.matches() ? idle(line) : Duration.ZERO)
        .min(Duration::compareTo);
  }

  private static boolean isDesktop(Matcher line) {
    return line.group(1).startsWith(":") && line.group(2).equals("?");
  }

  private static Duration idle(Matcher line) {
    return switch (line.group(2)) {
      case ".", "?" -> Duration.ZERO;
      case "old" -> OLD;
      default ->
        Duration.ofHours(Long.parseLong(line.group(3))).plusMinutes(Long.parseLong(line.group(4)));
    };
  }
}
