package io.ruche.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesImageTest {
  private static final String DIGEST = "9f".repeat(32);

  @Test
  void anImageIsItsNameAndItsDigest() {
    assertThat(Sources.image("registry.example:5000/lab/fit@sha256:" + DIGEST))
        .isEqualTo(
            new Publisher.Source("registry.example:5000/lab/fit", new Sha256("0x" + DIGEST)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab/fit", "lab/fit:latest", "lab/fit@sha256:12", "--all@sha256:", ""})
  void aTagAloneIsRefused(String reference) {
    assertThatThrownBy(() -> Sources.image(reference))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("IMAGE_UNNAMED"));
  }
}
