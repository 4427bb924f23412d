package io.ruche.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static Estimate of(String json) throws Exception {
    return new Estimate(new JsonMapper().readTree(json));
  }

  @Test
  void fuelAndTimeOfEarlierRunsAreTold() throws Exception {
    var estimate = of("{\"ok\":true,\"runs\":120,\"medianFuel\":1200000000,\"p90Fuel\":1900000000,"
        + "\"medianRunMillis\":412,\"fuelPerSecond\":2900000000}");

    assertThat(estimate.sentence())
        .isEqualTo("Earlier runs of this app here: 1.2 G fuel (median of 120, 90 % under 1.9 G),"
            + " about 0.4 s each.");
    assertThat(estimate.json().path("p90Fuel").asLong()).isEqualTo(1_900_000_000L);
    assertThat(estimate.json().has("ok")).isFalse();
  }

  @Test
  void runsWithoutFuelHaveTheirTime() throws Exception {
    assertThat(of("{\"runs\":3,\"medianRunMillis\":2000}").sentence())
        .isEqualTo("Earlier runs of this app here: about 2.0 s each (median of 3).");
  }

  @Test
  void nothingKnownNamesWhatMeasures() throws Exception {
    assertThat(of("{}").sentence()).contains("ruche app call");
    assertThat(of("{}").json()).isEmpty();
  }
}
