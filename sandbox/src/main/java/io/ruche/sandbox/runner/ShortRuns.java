package io.ruche.sandbox.runner;

import io.ruche.sandbox.RunOutcome;

/**
 * Whether all runs of a module were short so far. wasmtime maps memory for each run, which takes
 * longer than a short run itself; Chicory's code needs none, so it serves modules whose runs are
 * all short. One run that is not, and the module stays where long runs are fast.
 */
final class ShortRuns {
  /** Less than what a mapping costs, even before Java has compiled the code well. */
  static final long MAX_FUEL = 100_000;

  /** Compiling once more takes a fresh runner about as long as it saves in this many runs twice. */
  static final int MIN_RUNS = 256;

  private int count;
  private boolean isOutgrown;

  /** Whether it may be taken that the next run is short, too. */
  boolean isExpected() {
    return !isOutgrown && count >= MIN_RUNS;
  }

  /** Never again. */
  void stop() {
    isOutgrown = true;
  }

  /** A run whose fuel is not known may have been long. */
  void ended(RunOutcome outcome) {
    count = Math.min(MIN_RUNS, count + 1);
    isOutgrown |= outcome.fuelUsed().orElse(Long.MAX_VALUE) > MAX_FUEL;
  }
}
