package io.ruche.cli.bench;

import io.ruche.core.TaskId;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the client saw the match and each task's result, by the machine's steady clock. Blocks carry
 * whole seconds, which is too coarse. For one thread.
 */
final class Timeline {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<TaskId, Long> finalized = new HashMap<>();
  private long matchedNanos;
  private long lastNanos;
  private long firstBlock = -1;
  private long lastBlock = -1;

  /** The first match opens the run; later ones are part of it. */
  void matched(long block, long nanos) {
    if (!isMatched()) {
      firstBlock = block;
      matchedNanos = nanos;
    }
  }

  /** Told twice, the first time counts. */
  void finalized(TaskId task, long block, long nanos) {
    if (isMatched() && finalized.putIfAbsent(task, nanos) == null) {
      lastBlock = Math.max(lastBlock, block);
      lastNanos = Math.max(lastNanos, nanos);
    }
  }

  boolean isMatched() {
    return firstBlock >= 0;
  }

  int count() {
    return finalized.size();
  }

  long firstBlock() {
    return firstBlock;
  }

  long lastBlock() {
    return lastBlock;
  }

  /** From the match to the last result. */
  Duration took() {
    return Duration.ofNanos(lastNanos - matchedNanos);
  }

  double sinceMatchSeconds(long nanos) {
    return isMatched() ? (nanos - matchedNanos) / 1e9 : 0;
  }

  double tasksPerSecond() {
    return count() / (Math.max(1, took().toNanos()) / 1e9);
  }

  /** The time from match to result that this share of the tasks did not exceed; nearest rank. */
  double percentileMillis(double share) {
    if (finalized.isEmpty()) {
      throw new IllegalStateException("no task was finalized, so there is no time to tell");
    }
    long[] sorted =
        finalized.values().stream().mapToLong(at -> at - matchedNanos).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
  }
}
