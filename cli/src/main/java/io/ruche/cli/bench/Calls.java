package io.ruche.cli.bench;

import io.ruche.cli.up.UpOptions;
import java.time.Duration;

/** How often a contract calls the grid, one call after another, and how many workers serve it. */
record Calls(int calls, int workers, Way way) {
  static final int MAX_CALLS = 10_000;

  /** First calls that are made but not measured: workers fetch the app and warm up. */
  static final int WARM_UP = 10;

  private static final Duration PER_CALL = Duration.ofSeconds(60);

  /** How a call finds its pool. */
  enum Way {
    /** Any pool takes it. */
    OPEN,
    /** With an app's and a pool's offer, matched in the same transaction. */
    OFFERS
  }

  Calls {
    require("calls", calls, MAX_CALLS);
    require("workers", workers, UpOptions.MAX_WORKERS);
  }

  /** Longer than this, a call hangs. */
  Duration patience() {
    return PER_CALL;
  }

  private static void require(String what, int found, int most) {
    if (found < 1 || found > most) {
      throw new IllegalArgumentException(
          "expected --%s from 1 to %d, found %d.".formatted(what, most, found));
    }
  }
}
