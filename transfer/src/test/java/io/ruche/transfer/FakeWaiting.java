package io.ruche.transfer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when someone pauses, plus a fixed step at each look at the clock. */
final class FakeWaiting implements Waiting {
  private final AtomicLong now = new AtomicLong();
  private final long stepNanos;
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  FakeWaiting(Duration step) {
    this.stepNanos = step.toNanos();
  }

  List<Duration> pauses() {
    return pauses;
  }

  @Override
  public long nanos() {
    return now.addAndGet(stepNanos);
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    now.addAndGet(duration.toNanos());
  }
}
