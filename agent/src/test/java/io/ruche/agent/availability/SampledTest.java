package io.ruche.agent.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import io.ruche.worker.availability.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SampledTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Sampled.Patience LONG =
      new Sampled.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
  private static final Sampled.Patience NONE =
      new Sampled.Patience(Duration.ofMinutes(1), Duration.ZERO);

  private final AtomicInteger reads = new AtomicInteger();
  private volatile Instant now = Instant.parse("2026-01-05T12:00:00Z");

  @Test
  void aLookIsFreshAndNotTakenMoreOftenThanThePeriod() {
    var fact = sampled(() -> Reading.of(reads.incrementAndGet()), LONG);

    assertThat(fact.look()).isEqualTo(Reading.of(1));
    now = now.plus(PERIOD).minusMillis(1);
    assertThat(fact.look()).isEqualTo(Reading.of(1));
    now = now.plusMillis(1);
    assertThat(fact.look()).isEqualTo(Reading.of(2));
  }

  @Test
  void aSourceThatHangsIsNotWaitedForAndCountsNoMoreAfterAWhile() {
    var isOpen = new CountDownLatch(1);
    var fact = sampled(() -> reads.incrementAndGet() == 1 ? Reading.of(7) : hang(isOpen), NONE);
    assertThat(fact.look()).isEqualTo(Reading.of(7));

    now = now.plus(Sampled.STALE);
    assertThat(fact.look()).isEqualTo(Reading.of(7));
    now = now.plusMillis(1);
    assertThat(fact.look()).isInstanceOf(Reading.Unknown.class);

    isOpen.countDown();
  }

  @Test
  void aSourceThatBreaksIsANoWithItsReason() {
    assertThat(sampled(() -> fail(new IllegalStateException("bent")), LONG).look())
        .isEqualTo(Reading.unknown("java.lang.IllegalStateException: bent"));
    assertThat(
            sampled(() -> fail(new RucheException("X", "gone", "", true)), LONG).look())
        .isEqualTo(Reading.unknown("gone"));
  }

  private Sampled<Integer> sampled(Supplier<Reading<Integer>> source, Sampled.Patience patience) {
    return new Sampled<>(source, PERIOD, patience, () -> now);
  }

  private static Reading<Integer> fail(RuntimeException failure) {
    throw failure;
  }

  private static Reading<Integer> hang(CountDownLatch isOpen) {
    try {
      isOpen.await();
      return Reading.of(8);
    } catch (InterruptedException e) {
      return Reading.unknown("interrupted");
    }
  }
}
