package io.ruche.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RunUsage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppUsageTest {
  @Test
  void halfAndNineTenthsOfTheRunsAreBelow() {
    var runs = IntStream.rangeClosed(1, 10)
        .mapToObj(number -> new RunUsage(number * 100L, number))
        .toList();

    assertThat(AppUsage.of(runs)).isEqualTo(new AppUsage(10, 500, 900, 5, 100_000));
  }

  @Test
  void runsWithoutFuelCountTheirTimeOnly() {
    var runs = List.of(new RunUsage(null, 30), new RunUsage(null, 10), new RunUsage(70L, 20));

    assertThat(AppUsage.of(runs)).isEqualTo(new AppUsage(3, 70, 70, 20, 3_500));
    assertThat(AppUsage.of(runs.subList(0, 1))).isEqualTo(new AppUsage(1, 0, 0, 30, 0));
  }
}
