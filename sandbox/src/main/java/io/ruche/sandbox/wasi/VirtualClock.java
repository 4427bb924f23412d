package io.ruche.sandbox.wasi;

/**
 * The only clock a guest sees. It starts at a fixed instant, moves by one tick at each reading and
 * jumps when the guest sleeps, so a run tells the same time on every machine and no loop that waits
 * for the clock hangs.
 */
final class VirtualClock {
  /** 2020-01-01T00:00:00Z: late enough for programs that distrust the epoch. */
  static final long START_NANOS = 1_577_836_800_000_000_000L;

  static final long TICK_NANOS = 1_000;

  private long now = START_NANOS;

  long read() {
    now += TICK_NANOS;
    return now;
  }

  /** The instant this long from now, without reading the clock. */
  long after(long nanos) {
    return now + Math.max(0, Math.min(nanos, Long.MAX_VALUE - now));
  }

  void sleepUntil(long instantNanos) {
    now = Math.max(now, instantNanos);
  }
}
