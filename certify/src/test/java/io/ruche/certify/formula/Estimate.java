package io.ruche.certify.formula;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a simulation found.
 *
 * @param standardError of {@code mean}, from the spread of the samples
 */
record Estimate(double mean, double standardError, long samples) {
  private static final double MOST_STANDARD_ERRORS = 3;

  /** Share of samples in which something happened. */
  static Estimate share(long hits, long samples) {
    double mean = (double) hits / samples;
    return new Estimate(mean, Math.sqrt(mean * (1 - mean) / samples), samples);
  }

  static Estimate mean(double sum, double sumOfSquares, long samples) {
    double mean = sum / samples;
    return new Estimate(mean, Math.sqrt((sumOfSquares / samples - mean * mean) / samples), samples);
  }

  void agreesWith(double expected) {
    assertThat(standardError).as("a simulation that saw some of both").isPositive();
    assertThat(Math.abs(mean - expected) / standardError)
        .as("standard errors between %s simulated in %d samples and %s", mean, samples, expected)
        .isLessThanOrEqualTo(MOST_STANDARD_ERRORS);
  }
}
