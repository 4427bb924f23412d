package io.ruche.server.status;

import io.ruche.core.RunUsage;
import java.util.List;
import java.util.Objects;

/**
 * What runs of an app used lately, as the workers said.
 *
 * @param runs out of how many the figures are; those of fuel are out of the runs that counted it
 * @param medianFuel 0 where no run counted fuel, as are {@code p90Fuel} and {@code fuelPerSecond}
 */
record AppUsage(int runs, long medianFuel, long p90Fuel, long medianRunMillis, long fuelPerSecond) {

  static AppUsage of(List<RunUsage> runs) {
    var millis = runs.stream().map(RunUsage::runMillis).sorted().toList();
    var counted = runs.stream().filter(run -> run.fuel() != null).toList();
    var fuel =
        counted.stream().map(RunUsage::fuel).filter(Objects::nonNull).sorted().toList();
    double total = fuel.stream().mapToDouble(Long::doubleValue).sum();
    long spent = counted.stream().mapToLong(RunUsage::runMillis).sum();
    return new AppUsage(
        runs.size(),
        part(fuel, 0.5),
        part(fuel, 0.9),
        part(millis, 0.5),
        Math.round(total * 1000 / Math.max(1, spent)));
  }

  /** The smallest value that so large a part of all does not exceed. */
  private static long part(List<Long> sorted, double part) {
    int place = (int) Math.ceil(part * sorted.size());
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, place - 1));
  }
}
