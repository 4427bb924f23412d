package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void theMedianIsTheOneInTheMiddleWhateverTheOrder() {
    assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Sample.of(4, 3, 2, 1).median()).isEqualTo(2);
    assertThat(Sample.of(9, 1, 5).text(1)).isEqualTo("5.0 (1.0 to 9.0)");
  }

  @Test
  void nothingMeasuredIsNoSample() {
    assertThatThrownBy(() -> new Sample(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void memoryIsReadByItsKeyAlone() {
    var status = "Name:\tjava\nVmHWM:\t  357316 kB\nVmRSS:\t  106584 kB\n";

    assertThat(ResidentMemory.parseKib(status, ResidentMemory.PEAK)).isEqualTo(357_316);
    assertThat(ResidentMemory.parseKib(status, ResidentMemory.NOW)).isEqualTo(106_584);
    assertThat(ResidentMemory.parseKib("State:\tZ (zombie)\n", ResidentMemory.NOW))
        .isZero();
  }
}
