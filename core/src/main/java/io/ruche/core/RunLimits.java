package io.ruche.core;

import java.time.Duration;

/**
 * What one run may use.
 *
 * @param memoryMiB linear memory of the app
 * @param outputBytes all files under {@code /iexec_out} together
 */
public record RunLimits(Duration runTime, int memoryMiB, long outputBytes, int outputFiles) {
  /**
   * Limits of a run in a category: its reference time, and defaults that every worker can grant.
   */
  public static RunLimits of(Category category) {
    return new RunLimits(category.referenceTime(), 512, 256L << 20, 1_000);
  }
}
