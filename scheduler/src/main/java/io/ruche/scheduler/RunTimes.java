package io.ruche.scheduler;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How long the latest runs of a deal took, from giving out to their end. */
final class RunTimes {
  /** Fewer runs say too little. */
  static final int LEAST = 5;

  private static final int MOST = 101;

  private final Deque<Duration> latest = new ArrayDeque<>();

  void add(Duration time) {
    latest.addLast(time);
    if (latest.size() > MOST) {
      latest.removeFirst();
    }
  }

  /** Null while too few are known. */
  @Nullable
  Duration median() {
    return latest.size() < LEAST
        ? null
        : latest.stream().sorted().skip(latest.size() / 2).findFirst().orElse(null);
  }
}
