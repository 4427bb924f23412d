package io.ruche.manifest.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.manifest.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StubGoldenTest {
  static final List<String> NAMES = Samples.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void stubsReadAsTheyWereAccepted(String sample) {
    for (var stub : List.of(Generated.solidity(sample), Generated.java(sample))) {
      assertThat(stub.source()).isEqualTo(Generated.golden(stub));
    }
  }

  @Test
  void filesLieWhereTheLanguagesLookForThem() {
    assertThat(Generated.solidity("every-type").path()).isEqualTo("EveryType.sol");
    assertThat(Generated.java("every-type").path()).isEqualTo("org/example/EveryType.java");
    assertThat(Generated.java("list").path()).isEqualTo("org/example/ListApp.java");
  }

  @Test
  void nameThatIsNoPackageIsRefused() {
    assertThatThrownBy(() -> Stub.java(Samples.manifest("chess"), "org/example"))
        .hasMessage("expected a package such as org.example.chess, found: org/example");
  }
}
