package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.bench.SandboxReport.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxReportTest {
  @Test
  void whatWasNotMeasuredIsNullInJson() {
    var used = new ProcessorTime(Duration.ofMillis(500), Duration.ofMillis(700));
    var report = new SandboxReport(
        1_000,
        2,
        List.of(new Rate("NATIVE: not here", Double.NaN), Rate.of("WASM", 800, used, 1_000)),
        List.of());

    var rates = report.answer().json().path("rates");

    assertThat(rates.path(0).path("perSecond").isNull()).isTrue();
    assertThat(rates.path(0).path("runnersProcessorMillis").isNull()).isTrue();
    assertThat(rates.path(1).path("perSecond").asDouble()).isEqualTo(800);
    assertThat(rates.path(1).path("ownProcessorMillis").asDouble()).isEqualTo(0.5);
    assertThat(rates.path(1).path("runnersProcessorMillis").asDouble()).isEqualTo(0.7);
  }
}
