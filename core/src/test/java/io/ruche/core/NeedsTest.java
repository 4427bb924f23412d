package io.ruche.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeedsTest {
  @Test
  void aMachineRunsWhatNeedsNoMoreThanItHas() {
    assertThat(Needs.NONE.runtimes(AppType.WASM)).containsExactly("WASM");
    assertThat(new Needs(false, true).runtimes(AppType.NATIVE))
        .containsExactly("NATIVE", "NATIVE+GPU");
    assertThat(new Needs(true, true).runtimes(AppType.DOCKER))
        .containsExactly("DOCKER", "DOCKER+NETWORK", "DOCKER+GPU", "DOCKER+GPU+NETWORK");
  }

  @Test
  void aNeedIsNamedAsMachinesOfferIt() {
    var all = new Needs(true, true);

    assertThat(all.runtimes(AppType.NATIVE)).contains(all.runtime("NATIVE"));
    assertThat(Needs.NONE.runtime("WASM")).isEqualTo("WASM");
  }
}
