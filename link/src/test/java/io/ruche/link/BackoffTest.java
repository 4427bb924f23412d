package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3), new SplittableRandom(1));

  @Test
  void pausesGrowByHalfWithJitterUpToTheLongest() {
    for (long whole : new long[] {100, 150, 225, 337, 506, 759, 1139, 1708, 2562, 3000, 3000}) {
      assertThat(backoff.pause().toMillis()).isBetween(whole / 2, whole);
    }
  }

  @Test
  void successStartsOver() {
    for (int i = 0; i < 10; i++) {
      backoff.pause();
    }
    backoff.reset();

    assertThat(backoff.pause().toMillis()).isBetween(50L, 100L);
  }

  @Test
  void aRefusalWaitsLongest() {
    backoff.exhaust();

    assertThat(backoff.pause().toMillis()).isBetween(1500L, 3000L);
  }
}
