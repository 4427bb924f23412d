package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuelTextTest {
  @Test
  void fuelHasThreeDigitsAndAUnit() {
    assertThat(FuelText.of(0)).isEqualTo("0");
    assertThat(FuelText.of(999)).isEqualTo("999");
    assertThat(FuelText.of(1_200)).isEqualTo("1.2 k");
    assertThat(FuelText.of(999_999)).isEqualTo("1 M");
    assertThat(FuelText.of(1_234_567_890)).isEqualTo("1.23 G");
    assertThat(FuelText.of(Long.MAX_VALUE)).isEqualTo("9223372 T");
  }

  @Test
  void wordsOfPeopleAreRead() {
    assertThat(FuelText.parse("800")).isEqualTo(800);
    assertThat(FuelText.parse("5G")).isEqualTo(5_000_000_000L);
    assertThat(FuelText.parse("1.5 M")).isEqualTo(1_500_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "5 g", "1.5", "G", "1e9", "999999999999999999T", "0.0001k"})
  void whatIsNoAmountIsRefused(String text) {
    assertThatThrownBy(() -> FuelText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5G");
  }

  @Property
  void whatIsShownIsReadBackWithinHalfAPercent(@ForAll @LongRange(min = 1) long fuel) {
    double shown = FuelText.parse(FuelText.of(fuel));

    assertThat(Math.abs(shown / fuel - 1)).isLessThanOrEqualTo(0.005);
  }
}
