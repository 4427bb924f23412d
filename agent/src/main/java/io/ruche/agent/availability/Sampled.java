package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A fact that takes a while to read: read on a thread of its own, one reading at a time. A look
 * waits a moment for the reading that it began, so that most answers are fresh; a slow source does
 * not keep the others waiting. Thread-safe.
 */
final class Sampled<T> {
  /** An answer older than this counts no more. */
  static final Duration STALE = Duration.ofSeconds(30);

  private final Supplier<Reading<T>> source;
  private final Duration period;
  private final Patience patience;
  private final InstantSource clock;
  private Reading<T> last = Reading.unknown("it was not read yet");
  private Instant readAt = Instant.EPOCH;
  private Instant askedAt = Instant.EPOCH;
  private boolean isReading;

  /**
   * How long a look waits.
   *
   * @param first for the first answer, before which nothing is known
   * @param later for each further one
   */
  record Patience(Duration first, Duration later) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(2), Duration.ofMillis(250));
  }

  Sampled(Supplier<Reading<T>> source, Duration period, Patience patience, InstantSource clock) {
    this.source = source;
    this.period = period;
    this.patience = patience;
    this.clock = clock;
  }

  synchronized Reading<T> look() {
    var now = clock.instant();
    if (!isReading && !now.isBefore(askedAt.plus(period))) {
      boolean isFirst = askedAt.equals(Instant.EPOCH);
      askedAt = now;
      isReading = true;
      Thread.ofVirtual().name("fact").start(this::read);
      await(isFirst ? patience.first() : patience.later());
    }
    boolean isStale = !readAt.equals(Instant.EPOCH) && readAt.plus(STALE).isBefore(now);
    return isStale ? Reading.unknown("no answer for more than 30 s") : last;
  }

  private synchronized void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toMillis();
          isReading && left > 0;
          left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    Reading<T> found;
    try {
      found = source.get();
    } catch (RucheException e) {
      found = Reading.unknown(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      found = Reading.unknown(e.toString());
    }
    synchronized (this) {
      last = found;
      readAt = clock.instant();
      isReading = false;
      notifyAll();
    }
  }
}
