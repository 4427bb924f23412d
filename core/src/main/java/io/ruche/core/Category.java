package io.ruche.core;

import java.time.Duration;

/**
 * A class of run times on the hub. A deal's tasks must be contributed within 7, revealed within 2
 * and finalized within 10 times the reference time (poco interface, section 1).
 */
public record Category(long id, String name, String description, Duration referenceTime) {
  public static final int CONTRIBUTION_RATIO = 7;
  public static final int REVEAL_RATIO = 2;
  public static final int FINAL_RATIO = 10;

  public Duration contributionTime() {
    return referenceTime.multipliedBy(CONTRIBUTION_RATIO);
  }

  public Duration revealTime() {
    return referenceTime.multipliedBy(REVEAL_RATIO);
  }

  public Duration finalTime() {
    return referenceTime.multipliedBy(FINAL_RATIO);
  }
}
