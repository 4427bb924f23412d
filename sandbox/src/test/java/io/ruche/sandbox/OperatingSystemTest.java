package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingSystemTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, LINUX, true, true",
    "Mac OS X, MAC, false, true",
    "Windows 11, WINDOWS, false, false",
    "FreeBSD, OTHER, false, true"
  })
  void systemsAreKnownByTheNameThatJavaGivesThem(
      String name, OperatingSystem expected, boolean hasNamespaces, boolean canStop) {
    var system = OperatingSystem.named(name);

    assertThat(system).isEqualTo(expected);
    assertThat(system.hasNamespaces()).isEqualTo(hasNamespaces);
    assertThat(system.canStopProcesses()).isEqualTo(canStop);
  }
}
