package io.ruche.chain.hub;

import io.ruche.chain.dev.AnvilFixture;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.core.Sha256;
import io.ruche.testkit.HubScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Solidity hub does what the hub in memory, on which the simulator runs, does. */
class SolidityHubTest {
  private static final Sha256 CHECKSUM = new Sha256("0x" + "ab".repeat(32));

  @TempDir
  static Path folder;

  private static AnvilFixture anvil;
  private static Hub hub;
  private static SolidityScenarioHub.Resources resources;
  private static String fresh;

  @BeforeAll
  static void start() {
    anvil = AnvilFixture.start(folder);
    try (var faucet = anvil.sender(0)) {
      hub = anvil.deploy(faucet);
      resources = create(faucet);
    }
    anvil.feed.close();
    anvil.rpc.read("evm_setIntervalMining", 0);
    anvil.rpc.read("anvil_setBlockTimestampInterval", 0);
    fresh = anvil.rpc.read("evm_snapshot").asText();
  }

  @AfterAll
  static void stop() {
    anvil.close();
  }

  @TestFactory
  Stream<DynamicTest> followsTheSharedScenarios() {
    return HubScenario.all().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
          anvil.rpc.read("evm_revert", fresh);
          fresh = anvil.rpc.read("evm_snapshot").asText();
          scenario.play(new SolidityScenarioHub(anvil.rpc, hub, resources));
        }));
  }

  private static SolidityScenarioHub.Resources create(TransactionSender faucet) {
    var registries = hub.registries();
    var app = new Registries.NewApp(
        SolidityScenarioHub.wallet("appOwner").address(), "a", "WASM", "http://a", CHECKSUM);
    var dataset = new Registries.NewDataset(
        SolidityScenarioHub.wallet("datasetOwner").address(), "d", "http://d", CHECKSUM);
    var pool =
        new Registries.NewWorkerpool(SolidityScenarioHub.wallet("poolOwner").address(), "p");
    for (var call :
        List.of(registries.create(app), registries.create(dataset), registries.create(pool))) {
      faucet.sendAndWait("create:" + call.data().hashCode(), call, Duration.ofSeconds(20));
    }
    return new SolidityScenarioHub.Resources(
        registries.predict(app), registries.predict(dataset), registries.predict(pool));
  }
}
