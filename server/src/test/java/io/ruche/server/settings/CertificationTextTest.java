package io.ruche.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CertificationMethod;
import io.ruche.certify.CredibilityVoting;
import io.ruche.scheduler.Certification;
import io.ruche.scheduler.MethodCertification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CertificationTextTest {
  private static CertificationMethod method(String text) {
    return ((MethodCertification) CertificationText.parse(text)).method();
  }

  @ParameterizedTest
  @EnumSource
  void theVotesAreKnownByName(Certification certification) {
    assertThat(CertificationText.parse(certification.name())).isEqualTo(certification);
  }

  @Test
  void methodsTakeTheirNumbersOrDefaults() {
    assertThat(method("credibility")).isEqualTo(new CredibilityVoting(0.99, 0.2, 0.1));
    assertThat(method("credibility:threshold=0.999,checks=0"))
        .isEqualTo(new CredibilityVoting(0.999, 0.2, 0));
    assertThat(method("credibility:liars=0.05")).isEqualTo(new CredibilityVoting(0.99, 0.05, 0.1));
    assertThat(method("adaptive")).isEqualTo(new AdaptiveReplication(10));
    assertThat(method("adaptive:after=20")).isEqualTo(new AdaptiveReplication(20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sometimes | expected AFTER_RESULT, WITH_WORK, AFTER_COMMIT, credibility or adaptive",
        "credibility:threshold=1 | expected a threshold from 0.5 to below 1, found 1.0",
        "credibility:after=3 | expected NAME=NUMBER with a name of [checks, liars, threshold]",
        "credibility:threshold=high | expected a number such as 0.99, found: high",
        "adaptive:after=2.5 | expected a whole number for after, found 2.5"
      })
  void mistakesAreNamed(String text, String sentence) {
    assertThatThrownBy(() -> CertificationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void theSecretIsDrawnAnewAndNeverPrinted() {
    var first = (MethodCertification) CertificationText.parse("adaptive");
    var second = (MethodCertification) CertificationText.parse("adaptive");

    assertThat(first.secret()).isNotEqualTo(second.secret());
    assertThat(first.toString()).doesNotContain(first.secret().hex());
  }
}
