package io.ruche.core;

import java.time.Duration;

/**
 * What one run may use.
 *
 * @param memoryMiB linear memory of the app
 * @param outputBytes all files under {@code /iexec_out} together
 * @param fuel what a WASM app may use up, in units of about one instruction; a run that needs more
 *     ends in {@link FailureCode#FUEL} on every machine alike; 0 stands for {@link #maxFuel}
 */
public record RunLimits(
    Duration runTime, int memoryMiB, long outputBytes, int outputFiles, long fuel) {
  /**
   * More than a core burns in a second; fast ones were seen at 13 thousand million. So fuel that
   * nobody lowered never ends a run before its time does.
   */
  public static final long MAX_FUEL_PER_SECOND = 20_000_000_000L;

  private static final long MAX_SECONDS = 100_000_000;

  public RunLimits {
    if (fuel < 0) {
      throw new IllegalArgumentException("expected no negative fuel, found " + fuel);
    }
    fuel = fuel == 0 ? maxFuel(runTime) : fuel;
  }

  /** With as much fuel as the time allows. */
  public RunLimits(Duration runTime, int memoryMiB, long outputBytes, int outputFiles) {
    this(runTime, memoryMiB, outputBytes, outputFiles, 0);
  }

  /**
   * Limits of a run in a category: its reference time, and defaults that every worker can grant.
   */
  public static RunLimits of(Category category) {
    return new RunLimits(category.referenceTime(), 512, 256L << 20, 1_000);
  }

  /**
   * Limits of each run of a deal: those of its category, the time no longer than its params say,
   * the memory as much as they ask for. Of params that cannot be read nothing is run.
   */
  public static RunLimits of(Category category, Deal deal) {
    var limits = of(category);
    DealParams params;
    try {
      params = DealParams.parse(deal.params());
    } catch (IllegalArgumentException e) {
      return limits;
    }
    int memoryMiB = params.needs().machine().memoryMiB();
    var asked = Duration.ofSeconds(params.maxRunSeconds());
    boolean isShorter = !asked.isZero() && asked.compareTo(limits.runTime()) < 0;
    return new RunLimits(
        isShorter ? asked : limits.runTime(),
        memoryMiB == 0 ? limits.memoryMiB() : memoryMiB,
        limits.outputBytes(),
        limits.outputFiles(),
        limits.fuel());
  }

  /** The most fuel that a run of this length can be granted. */
  public static long maxFuel(Duration runTime) {
    return Math.clamp(runTime.toSeconds(), 1, MAX_SECONDS) * MAX_FUEL_PER_SECOND;
  }

  /** The same with this memory. */
  public RunLimits withMemoryMiB(int newMemoryMiB) {
    return new RunLimits(runTime, newMemoryMiB, outputBytes, outputFiles, fuel);
  }

  /** The same with this fuel. */
  public RunLimits withFuel(long newFuel) {
    return new RunLimits(runTime, memoryMiB, outputBytes, outputFiles, newFuel);
  }
}
