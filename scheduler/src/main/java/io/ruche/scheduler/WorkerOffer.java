package io.ruche.scheduler;

import java.util.List;

/**
 * What a worker's machine offers.
 *
 * @param slots attempts it runs at once
 * @param runtimes app types it can run, such as {@code WASM}
 */
public record WorkerOffer(int slots, int memoryMiB, long diskMiB, List<String> runtimes) {
  public WorkerOffer {
    runtimes = List.copyOf(runtimes);
  }
}
