package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void addressesAreShownWithTheChecksumOfEip55(String published) {
    assertThat(new Address(published).checksummed()).isEqualTo(published);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "0x12", "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed00"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Address(text));
  }

  @Test
  void hexRefusesDigitsOutsideTheAlphabet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("0x" + "g".repeat(40)))
        .withMessageContaining("hexadecimal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Address("0x" + "\uff11".repeat(40)))
        .withMessageContaining("hexadecimal");
  }

  @Test
  void amountsAreReadAndShownInWholeTokens() {
    assertThat(TokenAmount.parse("12.5").nano()).isEqualTo(12_500_000_000L);
    assertThat(TokenAmount.parse("0.000000001")).isEqualTo(TokenAmount.ofNano(1));
    assertThat(TokenAmount.ofNano(12_500_000_000L)).hasToString("12.5");
    assertThat(TokenAmount.ofNano(100_000_000_000L)).hasToString("100");
    assertThat(TokenAmount.ZERO).hasToString("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.0000000001", "abc", "", "1e400"})
  void whatIsNoAmountIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenAmount.parse(text));
  }

  @Test
  void stakeIsRoundedDown() {
    assertThat(TokenAmount.ofNano(99).percentRoundedDown(30)).isEqualTo(TokenAmount.ofNano(29));
  }

  @Test
  void amountsNeverGoBelowZero() {
    var one = TokenAmount.ofNano(1);

    assertThatIllegalArgumentException().isThrownBy(() -> one.minus(TokenAmount.ofNano(2)));
  }

  @Test
  void aTagServesEveryTagWithoutFurtherBits() {
    var gpu = Tag.ofBits(Tag.GPU);
    var both = Tag.ofBits(Tag.TEE, Tag.GPU);

    assertThat(both.containsAll(gpu)).isTrue();
    assertThat(gpu.containsAll(both)).isFalse();
    assertThat(gpu.or(Tag.ofBits(Tag.TEE))).isEqualTo(both);
    assertThat(gpu.hex()).endsWith("0100");
  }
}
