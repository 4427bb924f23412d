package io.ruche.transfer;

import io.ruche.core.RunLimits;

/** The most that a result folder or archive may hold. */
public record OutputLimits(long maxBytes, int maxFiles) {
  /** Longest path in bytes, so that a result can be unpacked anywhere. */
  static final int MAX_PATH_BYTES = 1_024;

  /** Most that a worker adds to what the app wrote: its two logs. */
  private static final int LOG_FILES = 2;

  private static final long LOG_BYTES = 4L << 20;

  /** What an app may write. */
  public static OutputLimits of(RunLimits limits) {
    return new OutputLimits(limits.outputBytes(), limits.outputFiles());
  }

  /** What may then travel in the archive: the app's files and the worker's logs. */
  public OutputLimits withLogs() {
    return new OutputLimits(maxBytes + LOG_BYTES, maxFiles + LOG_FILES);
  }
}
