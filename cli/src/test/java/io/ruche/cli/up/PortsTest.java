package io.ruche.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.cli.settings.Home;
import io.ruche.core.RucheException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir
  Path folder;

  @Test
  void portIsKeptUnlessAnotherProgramTookIt() throws Exception {
    int first = new Ports(new Home(folder)).choose("chain");

    assertThat(new Ports(new Home(folder)).choose("chain")).isEqualTo(first);

    try (var taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new Ports(new Home(folder)).choose("chain")).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void garbledFileIsNamed() throws Exception {
    Files.writeString(folder.resolve("ports.json"), "{\"chain\": 81");

    assertThatThrownBy(() -> new Ports(new Home(folder)).choose("chain"))
        .isInstanceOfSatisfying(RucheException.class, failure -> {
          assertThat(failure.code()).isEqualTo("STATE_CORRUPT");
          assertThat(failure.getMessage()).contains("ports.json");
        });
  }
}
