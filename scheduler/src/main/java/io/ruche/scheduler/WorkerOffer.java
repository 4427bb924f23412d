package io.ruche.scheduler;

import java.util.List;

/**
 * What a worker's machine offers.
 *
 * @param slots attempts it runs at once
 * @param runtimes app types it can run, such as {@code WASM}
 * @param knowsCancel its software can stop what the requester cancels
 * @param claimedFuelPerSecond of one processor, as the worker says; 0 when it does not
 */
public record WorkerOffer(
    int slots,
    int memoryMiB,
    long diskMiB,
    List<String> runtimes,
    boolean knowsCancel,
    long claimedFuelPerSecond) {
  public WorkerOffer {
    runtimes = List.copyOf(runtimes);
  }

  /** Of software of today, without a claim of speed. */
  public WorkerOffer(int slots, int memoryMiB, long diskMiB, List<String> runtimes) {
    this(slots, memoryMiB, diskMiB, runtimes, true, 0);
  }
}
