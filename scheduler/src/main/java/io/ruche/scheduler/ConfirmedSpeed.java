package io.ruche.scheduler;

import io.ruche.core.RunLimits;
import java.time.Duration;

/**
 * How fast a machine is believed to be: its claim counts only until paid work says otherwise. An
 * exponentially weighted mean, so that after {@code n} certified runs {@code (1 - WEIGHT)^n} of a
 * wrong claim is left: one part in 87 after twenty. Runs are timed by the pool, from giving out to
 * their end, so fetching counts as well; their fuel is the same on every machine, and where several
 * contributed the least that a winner said counts. A task that is run once has its worker's word
 * for its fuel.
 *
 * @param fuelPerSecond mean so far; without meaning while there are no runs
 * @param runs certified runs that it is made of
 */
record ConfirmedSpeed(long fuelPerSecond, int runs) {
  /** The part of a claim that is believed before any work. */
  static final double STARTING_TRUST = 0.5;

  /** What the latest run counts in the mean. */
  static final double WEIGHT = 0.2;

  /** So many runs tell whether a claim was true. */
  static final int TELLING_RUNS = 20;

  /** A claim that is so many times the mean was not. */
  static final int INFLATED = 2;

  /** A shorter run says more of the network than of the machine. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  static final ConfirmedSpeed NONE = new ConfirmedSpeed(0, 0);

  /** Fuel per second, as far as a worker with this claim is believed. */
  double believed(long claim) {
    return runs == 0 ? STARTING_TRUST * possible(claim) : fuelPerSecond;
  }

  private static long possible(long claim) {
    return Math.clamp(claim, 0, RunLimits.MAX_FUEL_PER_SECOND);
  }

  /** After one more certified run; unchanged by one that is too short to tell. */
  ConfirmedSpeed with(long claim, long fuel, Duration took) {
    if (took.compareTo(SHORTEST) < 0) {
      return this;
    }
    double seen = possible(Math.round(fuel * 1e3 / took.toMillis()));
    double before = believed(claim);
    double mean = before == 0 ? seen : before + WEIGHT * (seen - before);
    return new ConfirmedSpeed(Math.round(mean), Math.min(runs, Integer.MAX_VALUE - 1) + 1);
  }

  boolean refutes(long claim) {
    return runs >= TELLING_RUNS && claim > INFLATED * (double) fuelPerSecond;
  }
}
