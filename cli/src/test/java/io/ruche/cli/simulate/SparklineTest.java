package io.ruche.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void heightsAreEighthsOfTheTop() {
    assertThat(Sparkline.of(List.of(0.0, 0.125, 0.5, 1.0), 1)).isEqualTo(" ▁▄█");
  }

  @Test
  void theSmallestErrorCanBeSeen() {
    assertThat(Sparkline.of(List.of(0.000001), 1)).isEqualTo("▁");
  }

  @Test
  void nothingIsDrawnWhereNothingHappened() {
    assertThat(Sparkline.of(List.of(0.0, 0.0), 0)).isEqualTo("  ");
  }
}
