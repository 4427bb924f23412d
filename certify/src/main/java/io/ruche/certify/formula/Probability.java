package io.ruche.certify.formula;

/** Checks and small numbers that the formulas share. */
final class Probability {
  private Probability() {}

  static double check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "expected %s from 0 to 1, found %s".formatted(name, value));
    }
    return value;
  }

  static int checkCount(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "expected %s of at least %d, found %d".formatted(name, least, value));
    }
    return value;
  }

  /** {@code n} over {@code k}, as a double: exact up to 2^53, close beyond. */
  static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }
}
