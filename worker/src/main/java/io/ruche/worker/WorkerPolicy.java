package io.ruche.worker;

import io.ruche.core.Address;
import java.time.Duration;

/**
 * The settings of a worker's engine.
 *
 * @param slots attempts that are fetched or run at once
 * @param queue attempts that may wait for a slot
 * @param held attempts held of tasks that are not settled, those waiting for the chain included
 * @param memoryMiB most memory a run may ask for
 * @param deadlineMargin nothing is contributed closer than this to the deadline
 * @param chainCheck time without news after which the chain is asked about a contribution
 * @param watchRefused time for which a contribution that the chain refused is watched: longer than
 *     a reorg may reach back
 * @param firstRetry pause after the first failure on the chain or of an upload; doubles each time
 * @param maxRetry longest pause
 * @param uploadTries tries of one upload before the pool must ask another winner
 * @param pauseAfterTrouble time without new work after this machine failed
 */
public record WorkerPolicy(
    Address worker,
    int slots,
    int queue,
    int held,
    int memoryMiB,
    Duration deadlineMargin,
    Duration chainCheck,
    Duration watchRefused,
    Duration firstRetry,
    Duration maxRetry,
    int uploadTries,
    Duration pauseAfterTrouble) {
  /** More than this cannot be told in one heartbeat. */
  public static final int MAX_HELD = 1_024;

  /**
   * Attempts of settled tasks that are kept on top, until the pool is sure that no reorg brings
   * them back: what a fast worker settles in that time.
   */
  static final int MAX_SETTLED = 4_096;

  public WorkerPolicy {
    if (slots < 1 || queue < 0 || held < slots + queue || held > MAX_HELD || memoryMiB < 1) {
      throw new IllegalArgumentException(
          "expected 1 or more slots, a queue of 0 or more, both at most %d held, which is at most"
                  .formatted(held)
              + " %d, and 1 MiB or more; found %d slots, a queue of %d and %d MiB"
                  .formatted(MAX_HELD, slots, queue, memoryMiB));
    }
  }

  /** The usual settings for a machine with these slots. */
  public static WorkerPolicy of(Address worker, int slots, int memoryMiB) {
    return new WorkerPolicy(
        worker,
        slots,
        slots,
        MAX_HELD,
        memoryMiB,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMillis(500),
        Duration.ofSeconds(15),
        5,
        Duration.ofSeconds(10));
  }

  Duration pauseAfter(int failures) {
    var pause = firstRetry;
    for (int i = 1; i < failures && pause.compareTo(maxRetry) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(maxRetry) > 0 ? maxRetry : pause;
  }
}
