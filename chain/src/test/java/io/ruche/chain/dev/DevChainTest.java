package io.ruche.chain.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.hub.Hub;
import io.ruche.core.RucheException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevChainTest {
  @TempDir
  Path folder;

  @Test
  void contractsAreDeployedOnceAndFoundAfterARestart() {
    try (var anvil = AnvilFixture.start(folder);
        var sender = anvil.sender(0)) {
      var network = folder.resolve("network.json");
      var hub = anvil.deploy(sender);
      assertThat(hub.categories()).extracting(c -> c.name()).startsWith("XS", "S", "M", "L", "XL");
      assertThat(hub.token()).isEqualTo(DeployedContracts.read(network).token());
      long nonce = anvil.rpc.transactionCount(sender.address(), "latest");

      anvil.chain.stop();
      anvil.restart();

      assertThat(anvil.deploy(sender).address()).isEqualTo(hub.address());
      assertThat(anvil.rpc.transactionCount(sender.address(), "latest")).isEqualTo(nonce);
    }
  }

  @Test
  void takenPortIsNamed() {
    try (var anvil = AnvilFixture.start(folder.resolve("a"))) {
      var second =
          AnvilFixture.settings(folder.resolve("b")).withPort(anvil.chain.rpc().getPort());

      assertThatThrownBy(() -> DevChain.start(second))
          .isInstanceOfSatisfying(
              RucheException.class, e -> assertThat(e.code()).isEqualTo("PORT_IN_USE"))
          .hasMessageContaining(String.valueOf(second.port()));
    }
  }

  @Test
  void addressWithoutAHubIsRefused() {
    try (var anvil = AnvilFixture.start(folder);
        var sender = anvil.sender(0)) {
      assertThatThrownBy(() -> Hub.open(anvil.rpc, sender.address(), DevChainSettings.CHAIN_ID))
          .isInstanceOfSatisfying(
              RucheException.class, e -> assertThat(e.code()).isEqualTo("HUB_UNKNOWN"));
    }
  }

  @Test
  void runningChainIsTakenOverByItsProcessId() {
    try (var anvil = AnvilFixture.start(folder)) {
      var again = DevChain.attach(anvil.chain.pid(), anvil.chain.rpc());
      again.stop();

      assertThat(anvil.chain.isRunning()).isFalse();
    }
  }
}
