package io.ruche.scheduler.selling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunTimeEstimatesTest {
  private static final Duration UNSEEN = Duration.ofMinutes(5);

  private final RunTimeEstimates times = new RunTimeEstimates();

  @Test
  void expectsWhatIsSaidAsLongAsNothingWasSeen() {
    assertThat(times.expected(1, UNSEEN)).isEqualTo(UNSEEN);
  }

  @Test
  void expectsThreeTimesTheFirstRun() {
    times.observed(1, Duration.ofSeconds(2));

    assertThat(times.expected(1, UNSEEN)).isEqualTo(Duration.ofSeconds(6));
    assertThat(times.expected(2, UNSEEN)).isEqualTo(UNSEEN);
  }

  @Test
  void comesCloseToRunsThatAreAlike() {
    for (int i = 0; i < 40; i++) {
      times.observed(1, Duration.ofSeconds(2));
    }

    assertThat(times.expected(1, UNSEEN))
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_001));
  }

  @Test
  void keepsAWideMarginWhereRunsDiffer() {
    for (int i = 0; i < 40; i++) {
      times.observed(1, Duration.ofSeconds(i % 2 == 0 ? 1 : 9));
    }

    assertThat(times.expected(1, UNSEEN)).isGreaterThan(Duration.ofSeconds(9));
  }
}
