package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long nobody has used this machine: the X server's own figure where {@code xprintidle} is
 * installed, and what the login manager says of each session. Without sessions nobody does.
 */
final class UserActivity {
  /** Told when nobody is logged in. */
  static final Duration FOR_EVER = Duration.ofDays(365);

  private static final int MAX_SECONDS = 2;
  private static final int MAX_SESSIONS = 64;
  private static final long MICROS = 1_000_000;

  private final BoundedCommand command = new BoundedCommand(MAX_SECONDS);
  private final String loginctl;
  private final String xprintidle;
  private final InstantSource clock;

  /** The programs by name or path. */
  UserActivity(String loginctl, String xprintidle, InstantSource clock) {
    this.loginctl = loginctl;
    this.xprintidle = xprintidle;
    this.clock = clock;
  }

  Reading<Duration> idle() {
    var screen = screenIdle();
    try {
      var sessions = sessionsIdle();
      return Reading.of(screen != null && screen.compareTo(sessions) < 0 ? screen : sessions);
    } catch (RucheException e) {
      return screen != null
          ? Reading.of(screen)
          : Reading.unknown("neither logind nor the X server answers: " + e.getMessage());
    }
  }

  private @Nullable Duration screenIdle() {
    try {
      var text = command.run(xprintidle).strip();
      return text.matches("\\d{1,15}") ? Duration.ofMillis(Long.parseLong(text)) : null;
    } catch (RucheException e) {
      return null;
    }
  }

  private Duration sessionsIdle() {
    var ids = command
        .run(loginctl, "list-sessions", "--no-legend")
        .lines()
        .map(line -> line.strip().split("\\s+", -1)[0])
        .filter(id -> id.matches("\\w+"))
        .limit(MAX_SESSIONS)
        .toList();
    if (ids.isEmpty()) {
      return FOR_EVER;
    }
    var line = Stream.concat(Stream.of(loginctl, "show-session"), ids.stream());
    var shown = command.run(line.toArray(String[]::new));
    var now = clock.instant();
    return sessions(shown).stream()
        .filter(UserActivity::isOfSomebody)
        .map(session -> idleOf(session, now))
        .min(Duration::compareTo)
        .orElse(FOR_EVER);
  }

  /** Blocks of {@code Name=value} lines, divided by empty lines. */
  private static List<Map<String, String>> sessions(String text) {
    var sessions = new ArrayList<Map<String, String>>();
    for (var block : text.split("\\n\\s*\\n", -1)) {
      var session = new HashMap<String, String>();
      for (var line : block.split("\\n", -1)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          session.put(
              line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
      sessions.add(session);
    }
    return sessions;
  }

  private static boolean isOfSomebody(Map<String, String> session) {
    return "user".equals(session.getOrDefault("Class", "user"))
        && !"closing".equals(session.get("State"))
        && !session.isEmpty();
  }

  private static Duration idleOf(Map<String, String> session, Instant now) {
    var since = session.getOrDefault("IdleSinceHint", "0");
    if (!"yes".equals(session.get("IdleHint")) || !since.matches("\\d{1,18}")) {
      return Duration.ZERO;
    }
    long micros = Long.parseLong(since);
    var at = Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1_000);
    var idle = Duration.between(at, now);
    return idle.isNegative() ? Duration.ZERO : idle;
  }
}
