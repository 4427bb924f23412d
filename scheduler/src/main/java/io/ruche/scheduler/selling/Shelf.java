package io.ruche.scheduler.selling;

import java.time.Duration;

/**
 * One category that a pool offers.
 *
 * @param window time from a match to the last moment at which a result counts
 * @param runTime time that one run is expected to hold a slot
 * @param trust the trust that is offered
 * @param copies runs that this trust takes when all agree
 * @param maxTasks more than this is never on offer
 */
public record Shelf(
    long category, Duration window, Duration runTime, long trust, int copies, long maxTasks) {
  public Shelf {
    if (runTime.isNegative() || copies < 1 || maxTasks < 0) {
      throw new IllegalArgumentException(
          "category %d: expected a run time of 0 or more, 1 or more".formatted(category)
              + " copies and 0 or more tasks, found %s, %d and %d"
                  .formatted(runTime, copies, maxTasks));
    }
  }
}
