package io.ruche.scheduler;

import java.util.Comparator;

/**
 * Which of several idle machines gets a task: the first difference in this order decides.
 *
 * <ol>
 *   <li>fewer failures of its own lately: a run that is lost costs all of its time;
 *   <li>more of the app and dataset is there already: fetching costs time and somebody's bandwidth;
 *   <li>faster, as far as its work has confirmed it: only a factor of two counts;
 *   <li>who has waited longest, which is the order that the machines come in.
 * </ol>
 *
 * <p>Bands instead of numbers: a small difference in one must not outweigh all that come after it.
 *
 * @param failureBand 0 for less than half a failure, then one more for each doubling
 * @param resourcesThere of the app and dataset
 * @param speedBand log2 of fuel per second; 0 when nothing is known
 */
record Rank(int failureBand, int resourcesThere, int speedBand) implements Comparable<Rank> {
  private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::failureBand)
      .thenComparing(Comparator.comparingInt(Rank::resourcesThere).reversed())
      .thenComparing(Comparator.comparingInt(Rank::speedBand).reversed());

  static Rank of(double failuresLately, int resourcesThere, double fuelPerSecond) {
    return new Rank(band(2 * failuresLately), resourcesThere, band(fuelPerSecond));
  }

  /** One more for each doubling from 1 on. */
  private static int band(double value) {
    return value < 1 ? 0 : 1 + Math.getExponent(value);
  }

  /** Better ones first. */
  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
