package io.ruche.worker.availability;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the machine works, and why not.
 *
 * @param since when the stance was taken
 */
public record Outlook(Stance stance, Instant since, List<Obstacle> obstacles) {
  public Outlook {
    obstacles = List.copyOf(obstacles);
  }

  /** All reasons in one line. */
  public String why() {
    return obstacles.stream().map(Obstacle::reason).collect(Collectors.joining("; "));
  }

  /** No work before this; null when it cannot be computed. */
  public @Nullable Instant notBefore() {
    Instant latest = null;
    for (var obstacle : obstacles) {
      var notBefore = obstacle.notBefore();
      if (notBefore != null && (latest == null || notBefore.isAfter(latest))) {
        latest = notBefore;
      }
    }
    return latest;
  }
}
