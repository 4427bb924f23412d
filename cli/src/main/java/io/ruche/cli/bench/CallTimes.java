package io.ruche.cli.bench;

import io.ruche.cli.contract.CallSteps;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * When the client saw the blocks of each call's steps, by the machine's steady clock.
 *
 * @param calls in the order in which they were made
 */
record CallTimes(List<CallSteps> calls) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** One phase over all calls, in milliseconds; percentiles by nearest rank. */
  record Spread(double p50, double p95, double min, double max) {}

  CallTimes {
    calls = List.copyOf(calls);
    if (calls.isEmpty()) {
      throw new IllegalArgumentException("expected one call or more, found none");
    }
  }

  Spread of(ToLongFunction<CallSteps> phase) {
    long[] sorted = calls.stream().mapToLong(phase).sorted().toArray();
    return new Spread(
        millis(sorted, 0.50),
        millis(sorted, 0.95),
        sorted[0] / NANOS_PER_MILLI,
        Arrays.stream(sorted).max().orElseThrow() / NANOS_PER_MILLI);
  }

  private static double millis(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
  }
}
