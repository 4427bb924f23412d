package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.contract.CallSteps;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CallTimesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void percentilesAreOfNearestRank() {
    var times = new CallTimes(LongStream.rangeClosed(1, 20)
        .mapToObj(millis -> new CallSteps(0, 0, 0, millis * MILLI))
        .toList());

    assertThat(times.of(CallSteps::total)).isEqualTo(new CallTimes.Spread(10, 19, 1, 20));
  }

  @Test
  void theOrderOfTheCallsDoesNotMatter() {
    var slow = new CallSteps(5 * MILLI, 6 * MILLI, 8 * MILLI, 105 * MILLI);
    var fast = new CallSteps(200 * MILLI, 200 * MILLI, 201 * MILLI, 203 * MILLI);

    var times = new CallTimes(List.of(slow, fast));

    assertThat(times.of(CallSteps::total)).isEqualTo(new CallTimes.Spread(3, 100, 3, 100));
    assertThat(times.of(CallSteps::toMatch)).isEqualTo(new CallTimes.Spread(0, 1, 0, 1));
    assertThat(times.of(CallSteps::toInitialize)).isEqualTo(new CallTimes.Spread(1, 2, 1, 2));
    assertThat(times.of(CallSteps::toAnswer)).isEqualTo(new CallTimes.Spread(2, 97, 2, 97));
  }

  @Test
  void stepsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new CallSteps(0, 2, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0, 2, 1, 3");
  }

  @Test
  void aRunWithoutCallsIsRefused() {
    assertThatThrownBy(() -> new CallTimes(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
