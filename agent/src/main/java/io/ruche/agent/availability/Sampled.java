package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * A fact that takes a while to read: read on a thread of its own, one reading at a time, so that a
 * slow source does not keep the others waiting. Thread-safe.
 */
final class Sampled<T> {
  /** An answer older than this counts no more. */
  static final Duration STALE = Duration.ofSeconds(30);

  private final Supplier<Reading<T>> source;
  private final Duration period;
  private final InstantSource clock;
  private Reading<T> last = Reading.unknown("it was not read yet");
  private Instant readAt = Instant.EPOCH;
  private Instant askedAt = Instant.EPOCH;
  private boolean isReading;

  Sampled(Supplier<Reading<T>> source, Duration period, InstantSource clock) {
    this.source = source;
    this.period = period;
    this.clock = clock;
  }

  synchronized Reading<T> look() {
    var now = clock.instant();
    if (!isReading && !now.isBefore(askedAt.plus(period))) {
      askedAt = now;
      isReading = true;
      Thread.ofVirtual().name("fact").start(this::read);
    }
    boolean isStale = !readAt.equals(Instant.EPOCH) && readAt.plus(STALE).isBefore(now);
    return isStale ? Reading.unknown("no answer for more than 30 s") : last;
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
    }
  }
}
