package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private static final Duration RUN_TIME = Duration.ofSeconds(10);

  /** Such a counter may begin anywhere; near the end it overflows. */
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private final RunClock clock = new RunClock(() -> nanos);
  private final long deadline = clock.deadlineAfter(RUN_TIME);

  @Test
  void withoutAPauseItIsAnyClock() {
    pass(9_999);
    assertThat(clock.left(deadline)).isEqualTo(Duration.ofMillis(1));

    pass(1);
    assertThat(clock.left(deadline)).isEqualTo(Duration.ZERO);
    pass(1);
    assertThat(clock.left(deadline)).isNegative();
  }

  @Test
  void aPauseLongerThanTheRunTimeTakesNothingFromIt() {
    pass(4_000);
    clock.pause();
    pass(3_600_000);
    assertThat(clock.left(deadline)).isEqualTo(Duration.ofSeconds(6));
    clock.resume();

    pass(5_999);
    assertThat(clock.left(deadline)).isEqualTo(Duration.ofMillis(1));
    pass(1);
    assertThat(clock.left(deadline)).isZero();
  }

  @Test
  void everyPauseCountsAndSayingItTwiceChangesNothing() {
    for (int i = 0; i < 3; i++) {
      clock.pause();
      pass(20_000);
      clock.pause();
      pass(20_000);
      clock.resume();
      clock.resume();
      pass(1_000);
    }

    assertThat(clock.left(deadline)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aRunThatBeginsInAPauseHasAllItsTime() {
    clock.pause();
    pass(60_000);
    long late = clock.deadlineAfter(RUN_TIME);
    pass(60_000);
    clock.resume();

    assertThat(clock.left(late)).isEqualTo(RUN_TIME);
  }

  @Test
  void aWaiterLooksAgainOftenEnough() {
    assertThat(clock.patience(deadline)).isEqualTo(Duration.ofSeconds(1));
    pass(9_700);
    assertThat(clock.patience(deadline)).isEqualTo(Duration.ofMillis(300));

    clock.pause();

    assertThat(clock.patience(deadline)).isEqualTo(Duration.ofSeconds(1));
  }

  private void pass(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }
}
