package io.ruche.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ruche.core.MachineNeeds;
import io.ruche.core.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedsTextTest {
  @Test
  void everyNeedIsRead() {
    var texts = List.of(
        "gpu", "network", "cpu=4", "memoryMiB=2048", "diskMiB=9000", "arch=arm64", "group=lab");

    assertThat(NeedsText.parse(texts))
        .isEqualTo(new Needs(true, true, new MachineNeeds(4, 2_048, 9_000, "arm64", "lab")));
    assertThat(NeedsText.parse(List.of())).isEqualTo(Needs.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpus",
        "gpu=1",
        "cpu",
        "cpu=",
        "cpu=0",
        "cpu=many",
        "cpu=1025",
        "memory=5",
        "arch=X 86",
        "diskMiB=99999999999"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> NeedsText.parse(List.of(text)));
  }

  @Test
  void twiceTheSameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeedsText.parse(List.of("cpu=1", "cpu=2")))
        .withMessageContaining("twice");
  }
}
