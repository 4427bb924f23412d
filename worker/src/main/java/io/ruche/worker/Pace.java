package io.ruche.worker;

import java.time.Duration;

/**
 * Whether runs are over so soon that a slot waits longer for its next run than it computes. Then a
 * worker asks for work before it has a slot for it.
 */
final class Pace {
  /** Of the order of the way to a pool on another continent and back. */
  static final Duration SHORT = Duration.ofMillis(500);

  /** What was asked for too early goes back after this: another machine may have a slot. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** Short runs in a row from which the next is thought to be short, too. */
  static final int SURE = 8;

  private int shortRuns;

  /** A run has ended that had its slot for so long. */
  void ran(Duration time) {
    shortRuns = time.compareTo(SHORT) <= 0 ? Math.min(SURE, shortRuns + 1) : 0;
  }

  /** What was asked for early waited too long. */
  void misjudged() {
    shortRuns = 0;
  }

  boolean isFast() {
    return shortRuns == SURE;
  }
}
