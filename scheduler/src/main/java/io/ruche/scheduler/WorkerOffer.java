package io.ruche.scheduler;

import java.util.List;

/**
 * What a worker's machine offers.
 *
 * @param slots attempts it runs at once
 * @param runtimes app types it can run, such as {@code WASM}
 * @param knowsCancel its software can stop what the requester cancels
 */
public record WorkerOffer(
    int slots, int memoryMiB, long diskMiB, List<String> runtimes, boolean knowsCancel) {
  public WorkerOffer {
    runtimes = List.copyOf(runtimes);
  }

  /** Of software of today. */
  public WorkerOffer(int slots, int memoryMiB, long diskMiB, List<String> runtimes) {
    this(slots, memoryMiB, diskMiB, runtimes, true);
  }
}
