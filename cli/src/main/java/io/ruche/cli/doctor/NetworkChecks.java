package io.ruche.cli.doctor;

import io.ruche.chain.hub.Hub;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcSettings;
import io.ruche.cli.settings.Network;
import io.ruche.core.RucheException;
import io.ruche.sdk.MarketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whether the network of the settings can be reached, and is the one that its file describes. */
final class NetworkChecks {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private NetworkChecks() {}

  static List<Finding> all(Path file) {
    if (!Files.exists(file)) {
      return List.of(Finding.advice(
          "network",
          "no file " + file,
          "Start a local network with `ruche up`, or name one with --network."));
    }
    try {
      var network = Network.read(file);
      return List.of(Finding.ok("network", file.toString()), chain(network), market(network));
    } catch (RucheException e) {
      return List.of(Finding.problem("network", e));
    }
  }

  private static Finding chain(Network network) {
    var settings = RpcSettings.of(network.rpc()).withReadTries(1).withTimeout(LIMIT);
    try (var rpc = Rpc.open(settings)) {
      Hub.open(rpc, network.hub(), network.chainId());
      return Finding.ok(
          "chain",
          "chain %d, block %d".formatted(network.chainId(), rpc.latestBlock().number()));
    } catch (RucheException e) {
      return Finding.problem("chain", e);
    }
  }

  private static Finding market(Network network) {
    try (var market = MarketClient.toRead(network.market(), network.chainId())) {
      var hub = market.status().path("hub").asText();
      return hub.equalsIgnoreCase(network.hub().hex())
          ? Finding.ok("market", network.market().toString())
          : Finding.problem(
              "market",
              "it serves hub %s, expected %s".formatted(hub, network.hub().checksummed()),
              "Correct `market` in the network file.");
    } catch (RucheException e) {
      return Finding.problem("market", e);
    }
  }
}
