package io.ruche.scheduler;

import io.ruche.core.Power;

/**
 * Which of several idle machines gets a task: the first difference in this order decides.
 *
 * <ol>
 *   <li>fewer failures of its own lately: a run that is lost costs all of its time;
 *   <li>more of the app and dataset is there already: fetching costs time and somebody's bandwidth;
 *   <li>faster, as far as its work has confirmed it: only a factor of two counts;
 *   <li>better power: surplus before mains before battery;
 *   <li>more work for each joule: what a run costs. The pool sells at one price and the hub pays a
 *       run the same whoever does it, so power is the only cost in which machines differ;
 *   <li>who has waited longest, which is the order that the machines come in.
 * </ol>
 *
 * <p>Bands instead of numbers: a small difference in one must not outweigh all that come after it.
 * Power is the machine's own word, so it decides only between machines that have shown the same.
 *
 * @param failureBand 0 for less than half a failure, then one more for each doubling
 * @param resourcesThere of the app and dataset
 * @param speedBand log2 of fuel per second; 0 when nothing is known
 * @param thriftBand log2 of fuel per joule; 0 when nothing is known
 */
record Rank(int failureBand, int resourcesThere, int speedBand, Power.Source source, int thriftBand)
    implements Comparable<Rank> {
  /** A slot of which nobody said what it draws, such as one core of a desktop. */
  static final int USUAL_SLOT_WATTS = 10;

  static Rank of(double failuresLately, int resourcesThere, double fuelPerSecond, Power power) {
    double watts = power.slotWatts() == 0 ? USUAL_SLOT_WATTS : power.slotWatts();
    return new Rank(
        band(2 * failuresLately),
        resourcesThere,
        band(fuelPerSecond),
        power.source(),
        band(fuelPerSecond / watts));
  }

  /** One more for each doubling from 1 on. */
  private static int band(double value) {
    return value < 1 ? 0 : 1 + Math.getExponent(value);
  }

  /** Better ones first. */
  @Override
  public int compareTo(Rank other) {
    if (failureBand != other.failureBand) {
      return Integer.compare(failureBand, other.failureBand);
    }
    if (resourcesThere != other.resourcesThere) {
      return Integer.compare(other.resourcesThere, resourcesThere);
    }
    if (speedBand != other.speedBand) {
      return Integer.compare(other.speedBand, speedBand);
    }
    return source != other.source
        ? source.compareTo(other.source)
        : Integer.compare(other.thriftBand, thriftBand);
  }
}
