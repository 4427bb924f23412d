package io.ruche.cli.bench;

import io.ruche.cli.up.UpOptions;
import java.time.Duration;

/**
 * What is bought, and how many serve it.
 *
 * @param warmUp tasks bought before, which are not measured; 0 for processes just started
 */
record Bag(int tasks, int workers, long trust, int warmUp) {
  /** What the requester's wallet of a private network can pay. */
  static final int MAX_TASKS = 100_000;

  /** Highest trust that the pool of a private network serves. */
  static final long MAX_TRUST = 16;

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PER_COPY = Duration.ofSeconds(1);

  Bag {
    require("tasks", tasks, MAX_TASKS);
    require("workers", workers, UpOptions.MAX_WORKERS);
    require("trust", trust, MAX_TRUST);
    if (warmUp < 0 || warmUp > MAX_TASKS) {
      throw unexpected("warm-up", 0, MAX_TASKS, warmUp);
    }
  }

  /** Longer than this for so many of them, something hangs. */
  Duration patience(int tasks) {
    return START.plus(PER_COPY.multipliedBy(tasks * trust));
  }

  private static void require(String what, long found, long most) {
    if (found < 1 || found > most) {
      throw unexpected(what, 1, most, found);
    }
  }

  private static IllegalArgumentException unexpected(
      String what, long least, long most, long found) {
    return new IllegalArgumentException(
        "expected --%s from %d to %d, found %d.".formatted(what, least, most, found));
  }
}
