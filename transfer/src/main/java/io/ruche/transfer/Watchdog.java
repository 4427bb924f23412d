package io.ruche.transfer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs an action after a while, unless closed before: the last resort against a server that drips.
 */
final class Watchdog implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  Watchdog(Duration limit, Runnable action) {
    Thread.ofVirtual().name("fetch-watchdog").start(() -> {
      if (!isClosedWithin(limit)) {
        action.run();
      }
    });
  }

  private boolean isClosedWithin(Duration limit) {
    try {
      return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
