package io.ruche.core;

import org.jspecify.annotations.Nullable;

/**
 * What a run used, as the worker that ran it says; nobody can check the time.
 *
 * @param fuel the same on every machine; null where the runtime counts none
 * @param runMillis from the start of the run to its end, on that worker's clock
 */
public record RunUsage(@Nullable Long fuel, long runMillis) {
  public RunUsage {
    if (runMillis < 0 || (fuel != null && fuel < 0)) {
      throw new IllegalArgumentException(
          "expected no negative usage, found fuel %s in %d ms".formatted(fuel, runMillis));
    }
  }
}
