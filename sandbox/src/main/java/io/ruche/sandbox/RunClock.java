package io.ruche.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts the time in which runs go on; it stands while they are paused. Thread-safe. */
public final class RunClock {
  /** How often a waiter looks whether the clock stood. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private long pausedNanos;
  private long pausedAt;
  private boolean isPaused;

  public RunClock() {
    this(System::nanoTime);
  }

  /** Reads another counter of nanoseconds. */
  public RunClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  public synchronized void pause() {
    if (!isPaused) {
      isPaused = true;
      pausedAt = nanos.getAsLong();
    }
  }

  public synchronized void resume() {
    if (isPaused) {
      isPaused = false;
      pausedNanos += nanos.getAsLong() - pausedAt;
    }
  }

  public synchronized boolean isPaused() {
    return isPaused;
  }

  /** A moment that only {@link #left} understands. */
  public synchronized long deadlineAfter(Duration runTime) {
    return now() + runTime.toNanos();
  }

  /** Run time left until the deadline; not positive when it has passed. */
  public synchronized Duration left(long deadline) {
    return Duration.ofNanos(deadline - now());
  }

  /** How long to wait at most before asking {@link #left} again. */
  public synchronized Duration patience(long deadline) {
    var left = left(deadline);
    return isPaused || left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
  }

  private long now() {
    return (isPaused ? pausedAt : nanos.getAsLong()) - pausedNanos;
  }
}
