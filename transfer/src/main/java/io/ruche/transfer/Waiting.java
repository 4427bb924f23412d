package io.ruche.transfer;

import java.time.Duration;

/** How a download sees time pass; tests pass a fake. */
public interface Waiting {
  /** Real time. */
  static Waiting real() {
    return new Waiting() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }

  /** Monotonic time; only differences mean something. */
  long nanos();

  void pause(Duration duration) throws InterruptedException;
}
