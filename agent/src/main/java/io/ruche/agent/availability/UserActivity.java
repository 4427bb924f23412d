package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * installed, and what the login manager says of each session, or where there is none the list of
 * who is logged in. Without sessions nobody does.
 */
final class UserActivity {
  /** Told when nobody is logged in. */
  static final Duration FOR_EVER = Duration.ofDays(365);

  private static final int MAX_SECONDS = 2;
  private static final int MAX_SESSIONS = 64;
  private static final long MICROS = 1_000_000;

  private final BoundedCommand command = new BoundedCommand(MAX_SECONDS);
  private final Tools tools;
  private final InstantSource clock;

  /**
   * What is asked: programs by name or path.
   *
   * @param logins file behind {@code who}; where it does not exist, an empty list says nothing
   */
  record Tools(String loginctl, String xprintidle, String who, Path logins) {
    static final Tools USUAL = new Tools("loginctl", "xprintidle", "who", Path.of("/run/utmp"));
  }

  UserActivity(Tools tools, InstantSource clock) {
    this.tools = tools;
    this.clock = clock;
  }

  Reading<Duration> idle() {
    var screen = screenIdle();
    try {
      return Reading.of(sooner(screen, sessionsIdle()));
    } catch (RucheException noLogind) {
      try {
        return Reading.of(sooner(screen, loginsIdle(screen != null)));
      } catch (RucheException noList) {
        return screen != null
            ? Reading.of(screen)
            : Reading.unknown("neither logind, who nor the X server answers: %s; %s"
                .formatted(noLogind.getMessage(), noList.getMessage()));
      }
    }
  }

  private static Duration sooner(@Nullable Duration screen, Duration sessions) {
    return screen != null && screen.compareTo(sessions) < 0 ? screen : sessions;
  }

  /** From {@code who}, which tells minutes. */
  private Duration loginsIdle(boolean isScreenKnown) {
    if (!Files.exists(tools.logins())) {
      throw new RucheException(
          "COMMAND_FAILED", "there is no %s".formatted(tools.logins()), "", true);
    }
    return LoggedIn.idle(command.run(tools.who(), "-u"), isScreenKnown).orElse(FOR_EVER);
  }

  private @Nullable Duration screenIdle() {
    try {
      var text = command.run(tools.xprintidle()).strip();
      return text.matches("\\d{1,15}") ? Duration.ofMillis(Long.parseLong(text)) : null;
    } catch (RucheException e) {
      return null;
    }
  }

  private Duration sessionsIdle() {
    var ids = command
        .run(tools.loginctl(), "list-sessions", "--no-legend")
        .lines()
        .map(line -> line.strip().split("\\s+", -1)[0])
        .filter(id -> id.matches("\\w+"))
        .limit(MAX_SESSIONS)
        .toList();
    if (ids.isEmpty()) {
      return FOR_EVER;
    }
    var line = Stream.concat(Stream.of(tools.loginctl(), "show-session"), ids.stream());
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
