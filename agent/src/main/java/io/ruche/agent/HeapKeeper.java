package io.ruche.agent;

import java.util.function.LongSupplier;

/**
 * Keeps the heap near what is needed. Left alone, the serial collector looks through the old
 * generation only when the heap has grown to its bound, and that is large, as opening a key file
 * needs much for a moment.
 */
final class HeapKeeper {
  /** What an idle worker needs, twice. */
  static final long CALM_BYTES = 32L << 20;

  private final LongSupplier heapBytes;
  private final Runnable collect;
  private long limitBytes = CALM_BYTES;

  /**
   * For one heap.
   *
   * @param heapBytes its present size
   * @param collect looks through all of it, and gives back what is free
   */
  HeapKeeper(LongSupplier heapBytes, Runnable collect) {
    this.heapBytes = heapBytes;
    this.collect = collect;
  }

  /** Of this process. */
  static HeapKeeper ofThisProcess() {
    return new HeapKeeper(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /** Collects when the heap has doubled since the last time, so that a full one is left alone. */
  void look() {
    if (heapBytes.getAsLong() > limitBytes) {
      collectNow();
    }
  }

  void collectNow() {
    collect.run();
    limitBytes = Math.max(CALM_BYTES, 2 * heapBytes.getAsLong());
  }
}
