package io.ruche.e2e;

import io.ruche.chain.dev.AnvilBinary;
import io.ruche.chain.dev.Artifacts;
import io.ruche.chain.dev.Deployment;
import io.ruche.chain.dev.DevChain;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.hub.Hub;
import io.ruche.chain.hub.Registries;
import io.ruche.chain.rpc.BlockFeed;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.tx.SenderParts;
import io.ruche.chain.tx.SenderSettings;
import io.ruche.chain.tx.TransactionSender;
import io.ruche.cli.Installation;
import io.ruche.core.Address;
import io.ruche.core.Sha256;
import io.ruche.testkit.HubScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub in memory, on which simulations run, our hub and the peer's: the same steps have the same
 * effects, and what the events tell of each task is what the views say of it.
 */
class HubScenariosE2E {
  private static final Sha256 CHECKSUM = new Sha256("0x" + "11".repeat(32));
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(30);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private DevChain chain;
  private Rpc rpc;
  private String fresh;

  @AfterEach
  void stop() {
    if (rpc != null) {
      rpc.close();
    }
    if (chain != null) {
      chain.kill();
    }
  }

  @TestFactory
  Stream<DynamicTest> ourHubFollowsTheSharedScenarios() {
    return scenarios(
        true,
        () -> asFaucet(faucet -> Deployment.development(
                rpc,
                faucet,
                new Artifacts(Installation.current().contracts().resolve("out")),
                folder.resolve("network.json"))
            .run(chain.rpc())
            .hub()));
  }

  @TestFactory
  Stream<DynamicTest> thePeersHubFollowsTheSharedScenarios()
      throws IOException, InterruptedException {
    var peer = PeerPackage.fetched();
    return scenarios(false, () -> {
      var wallet = SolidityScenarioHub.wallet("faucet");
      try (var hub = new PeerHub(peer, rpc, DevChainSettings.CHAIN_ID, wallet)) {
        return hub.deploy().hub();
      }
    });
  }

  private <T> T asFaucet(Function<TransactionSender, T> action) {
    var wallet = SolidityScenarioHub.wallet("faucet");
    var settings = SenderSettings.development();
    try (var feed = BlockFeed.start(rpc, POLL);
        var sender = TransactionSender.start(
            SenderParts.of(rpc, feed, wallet, DevChainSettings.CHAIN_ID, settings))) {
      return action.apply(sender);
    }
  }

  private Stream<DynamicTest> scenarios(boolean isOurs, Supplier<Address> deployment) {
    var anvil = AnvilBinary.require(Installation.current().contracts());
    chain = DevChain.start(DevChainSettings.of(anvil, folder.resolve("chain")));
    rpc = Rpc.open(chain.rpc().toString());
    var hub = Hub.open(rpc, deployment.get(), DevChainSettings.CHAIN_ID);
    var resources = asFaucet(faucet -> create(hub.registries(), faucet));
    rpc.read("evm_setIntervalMining", 0);
    rpc.read("anvil_setBlockTimestampInterval", 0);
    fresh = rpc.read("evm_snapshot").asText();
    return HubScenario.all().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
          rpc.read("evm_revert", fresh);
          fresh = rpc.read("evm_snapshot").asText();
          scenario.play(new SolidityScenarioHub(rpc, hub, resources, isOurs));
        }));
  }

  private static SolidityScenarioHub.Resources create(
      Registries registries, TransactionSender faucet) {
    var app = new Registries.NewApp(owner("appOwner"), "a", "WASM", "http://a", CHECKSUM);
    var dataset = new Registries.NewDataset(owner("datasetOwner"), "d", "http://d", CHECKSUM);
    var pool = new Registries.NewWorkerpool(owner("poolOwner"), "p");
    var calls =
        List.of(registries.create(app), registries.create(dataset), registries.create(pool));
    for (int i = 0; i < calls.size(); i++) {
      faucet.sendAndWait("create-" + i, calls.get(i), LIMIT);
    }
    return new SolidityScenarioHub.Resources(
        registries.predict(app), registries.predict(dataset), registries.predict(pool));
  }

  private static Address owner(String actor) {
    return SolidityScenarioHub.wallet(actor).address();
  }
}
