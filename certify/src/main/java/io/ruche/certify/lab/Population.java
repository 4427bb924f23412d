package io.ruche.certify.lab;

/**
 * Who works.
 *
 * @param workers how many at any time
 * @param liars fraction of them, and of those who join later, that lie
 * @param lieRate chance that a liar lies in one run
 * @param isColluding whether all liars return the same wrong result of a task
 * @param honestRuns runs in which a liar behaves before it begins to lie
 * @param churn chance that a worker leaves for good after a run; a newcomer takes its place
 * @param isComingBack whether a banned worker joins again under a new name
 */
public record Population(
    int workers,
    double liars,
    double lieRate,
    boolean isColluding,
    int honestRuns,
    double churn,
    boolean isComingBack) {
  public static final int MOST_WORKERS = 100_000;

  public Population {
    requireRange("workers", workers, 2, MOST_WORKERS);
    requireRange("liars", liars, 0, 1);
    requireRange("lie rate", lieRate, 0, 1);
    requireRange("honest runs", honestRuns, 0, Integer.MAX_VALUE);
    requireRange("churn", churn, 0, 1);
  }

  static void requireRange(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException("expected %s from %s to %s, found %s"
          .formatted(name, plain(least), plain(most), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
