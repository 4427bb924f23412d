package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.chain.wallet.Wallet;
import io.ruche.cli.up.ConnectedWorkers;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.sdk.RucheClient;
import io.ruche.worker.availability.Obstacle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks disk, pool and chain why a worker that joined gets no work. */
final class NoWork {
  private static final long DEFAULT_FREE_MIB = 256;
  private static final List<String> WAITING = List.of("UNSET", "ACTIVE");
  private static final JsonMapper JSON = new JsonMapper();

  private NoWork() {}

  /** Empty for a worker without settings of its own: it was started by other means. */
  static List<Obstacle> reasons(Path folder) {
    var file = new WorkerFile(folder);
    if (!Files.exists(file.path())) {
      return List.of();
    }
    var settings = file.read();
    var reasons = new ArrayList<Obstacle>();
    disk(folder, settings, reasons);
    try {
      var address = address(settings);
      var endpoints = new RucheClient.Endpoints(
          settings.path("chainId").asLong(),
          URI.create(settings.path("rpc").asText()),
          new Address(settings.path("hub").asText()),
          URI.create(settings.path("pool").asText()));
      try (var client = RucheClient.open(endpoints, Wallet.random())) {
        pool(client, endpoints.market(), address, reasons);
        funds(client, endpoints, settings, address, reasons);
      }
    } catch (RucheException e) {
      reasons.add(new Obstacle(e.code(), String.valueOf(e.getMessage()), e.hint(), null));
    } catch (IllegalArgumentException e) {
      reasons.add(new Obstacle(
          "SETTINGS_INVALID",
          "the settings %s cannot be used: %s".formatted(file.path(), e.getMessage()),
          "say `ruche worker join` again",
          null));
    }
    return reasons;
  }

  private static void disk(Path folder, JsonNode settings, List<Obstacle> reasons) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      long needed = settings.path("minFreeMiB").asLong(DEFAULT_FREE_MIB);
      if (free < needed) {
        reasons.add(new Obstacle(
            Obstacle.DISK_FULL,
            "%d MiB are free on the disk of %s, %d are needed".formatted(free, folder, needed),
            "free some space, or lower `minFreeMiB`",
            null));
      }
    } catch (IOException e) {
      reasons.add(new Obstacle(
          "DISK_UNKNOWN", "the disk of %s does not answer: %s".formatted(folder, e), "", null));
    }
  }

  private static void pool(RucheClient client, URI origin, Address worker, List<Obstacle> reasons) {
    var status = client.market().status();
    if (new ConnectedWorkers(origin).find(worker).isEmpty()) {
      reasons.add(new Obstacle(
          "NOT_CONNECTED",
          "the pool at %s does not see this worker".formatted(origin),
          "start it; if it runs, its log says what the pool answered",
          null));
    }
    var nothing = waiting(status);
    nothing.ifPresent(reasons::add);
    if (nothing.isEmpty()) {
      client
          .market()
          .workerExplanation(worker)
          .ifPresent(told -> told.path("reasons")
              .forEach(reason -> reasons.add(
                  new Obstacle("POOL_SAYS", reason.path("sentence").asText(), "", null))));
    }
  }

  /** The pool's own counts: without a task that waits, nobody gets one. */
  static Optional<Obstacle> waiting(JsonNode status) {
    var tasks = status.path("pool").path("tasks");
    long waiting = WAITING.stream().mapToLong(name -> tasks.path(name).asLong()).sum();
    return waiting > 0
        ? Optional.empty()
        : Optional.of(new Obstacle(
            "NO_TASKS",
            "the pool has no task that waits, for %d workers"
                .formatted(status.path("pool").path("workers").asLong()),
            "wait for a buyer, or join another pool",
            null));
  }

  private static void funds(
      RucheClient client,
      RucheClient.Endpoints endpoints,
      JsonNode settings,
      Address worker,
      List<Obstacle> reasons) {
    var pool = client.view().workerpool(new Address(settings.path("workerpool").asText()));
    if (pool.isEmpty()) {
      return;
    }
    var terms =
        JoinFunds.Terms.of(pool.get(), client.market().ordersOfPool(pool.get().address()));
    new JoinFunds(client, endpoints)
        .missing(worker, terms, 1)
        .forEach(sentence ->
            reasons.add(new Obstacle("FUNDS_LOW", sentence, "fund the worker's account", null)));
  }

  private static Address address(JsonNode settings) {
    var file = Path.of(settings.path("keystore").asText());
    try {
      return new Address(
          "0x" + JSON.readTree(Files.readString(file)).path("address").asText());
    } catch (IOException e) {
      throw new RucheException(
          "WALLET_STORE",
          "the key file %s cannot be read: %s.".formatted(file, e),
          "Check who may read it.",
          false,
          e);
    }
  }
}
