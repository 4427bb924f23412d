package io.ruche.worker;

/**
 * How many attempts are settled: a fast worker holds thousands, too many to look at for each event.
 */
final class SettledCount {
  private int value;

  void changed(boolean wasSettled, boolean isSettled) {
    value += (isSettled ? 1 : 0) - (wasSettled ? 1 : 0);
  }

  int value() {
    return value;
  }
}
