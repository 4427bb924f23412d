package io.ruche.transfer;

import io.ruche.core.RunLimits;

/** The most that a result folder or archive may hold. */
public record OutputLimits(long maxBytes, int maxFiles) {
  /** Longest path in bytes, so that a result can be unpacked anywhere. */
  static final int MAX_PATH_BYTES = 1_024;

  /** What a run may write, and room for what the worker adds to it: logs. */
  public static OutputLimits of(RunLimits limits) {
    return new OutputLimits(limits.outputBytes(), limits.outputFiles());
  }
}
