package io.ruche.cli.app;

import java.time.Duration;

/** When something was used last, and whether it is in use. Thread-safe. */
final class LastUse {
  private long lastNanos = System.nanoTime();
  private int active;
  private boolean isEnded;

  synchronized void begin() {
    active++;
  }

  synchronized void end() {
    active--;
    lastNanos = System.nanoTime();
  }

  /** Lets {@link #awaitIdle} return now. */
  synchronized void stop() {
    isEnded = true;
    notifyAll();
  }

  /** Returns once nothing was used for so long, or after {@link #stop}. */
  synchronized void awaitIdle(Duration idle) throws InterruptedException {
    while (!isEnded) {
      long rest = active > 0 ? idle.toNanos() : lastNanos + idle.toNanos() - System.nanoTime();
      if (rest <= 0) {
        return;
      }
      wait(Math.max(1, Duration.ofNanos(rest).toMillis()));
    }
  }
}
