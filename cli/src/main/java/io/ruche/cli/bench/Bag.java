package io.ruche.cli.bench;

import io.ruche.cli.up.UpOptions;
import java.time.Duration;

/** What is bought, and how many serve it. */
record Bag(int tasks, int workers, long trust) {
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
  }

  /** Longer than this, something hangs. */
  Duration patience() {
    return START.plus(PER_COPY.multipliedBy(tasks * trust));
  }

  private static void require(String what, long found, long most) {
    if (found < 1 || found > most) {
      throw new IllegalArgumentException(
          "expected --%s from 1 to %d, found %d.".formatted(what, most, found));
    }
  }
}
