package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.Connection;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import io.ruche.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers of one pool on one PostgreSQL database, behind one address. The master is ended by
 * SIGKILL in the middle of a bag, just after one that stood by, and the next one is stopped in the
 * middle of another and wakes up when it is too late.
 */
class StandbyE2E {
  private static final int TASKS = 12;
  private static final long STOP_SECONDS = 30;
  private static final String OWNER = "app-provider";
  private static final List<String> WORKERS = List.of("data-provider", "pool");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<Process> started = new ArrayList<>();
  private final Map<Integer, Server> servers = new HashMap<>();
  private String database;
  private Address workerpool;

  /** One server process and the command that started it. */
  private record Server(int port, Process command, Path log) {
    ProcessHandle process() {
      return command
          .children()
          .findFirst()
          .orElseThrow(() -> new AssertionError("no process of " + log));
    }
  }

  @Test
  void standbyTakesOverAndALateMasterSignsNothing() throws Exception {
    var reason = TestPostgres.whyNot();
    Assumptions.assumeTrue(
        reason.isEmpty() || System.getenv("RUCHE_REQUIRE_ALL") != null, () -> reason.orElse(""));
    database = TestPostgres.freshDatabase();
    var ports = List.of(freePort(), freePort(), freePort());
    try (var market = new Marketplace(folder, 0);
        var door = new FrontDoor(ports)) {
      var ruche = new CommandLine(market.home());
      workerpool = pool(market, ruche);
      for (int port : ports) {
        servers.put(port, server(ruche, port));
      }
      join(market, ruche, door);
      Marketplace.await("a master and two that stand by", () -> standbys(door) == 2 ? true : null);
      try (var requester = market.requester()) {
        long from = head(requester);
        var app = market.app("noop");

        var killed = halfDone(market, requester, app);
        var first = master(door);
        killStandbyAndStartAnother(ruche, first);
        first.process().destroyForcibly();
        var second = untilAnother(door, first);
        assertCompleted(market, requester, killed);

        var slept = halfDone(market, requester, app);
        signal("STOP", second.process());
        untilAnother(door, second);
        signal("CONT", second.process());
        assertEnded(second);
        assertCompleted(market, requester, slept);

        assertNothingFailed(requester, from);
        assertThat(market.isConserved(requester)).isTrue();
      }
    } finally {
      started.forEach(Process::destroy);
      for (var process : started) {
        assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** Nobody misses a standby but the operator, whose supervisor starts it again. */
  private void killStandbyAndStartAnother(CommandLine ruche, Server master)
      throws InterruptedException {
    var standby = servers.values().stream()
        .filter(server -> server.port() != master.port())
        .findFirst()
        .orElseThrow();
    standby.process().destroyForcibly();
    assertThat(standby.command().waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    servers.put(standby.port(), server(ruche, standby.port()));
  }

  /** Buys a bag and waits until some of it, but not all, has ended. */
  private static Deal halfDone(Marketplace market, RucheClient requester, Address app) {
    var deal = market.buy(requester, new Marketplace.Wish(app, TASKS, 1, "survives"));
    Marketplace.await("a part of the bag", () -> ended(requester, deal) >= TASKS / 4 ? true : null);
    assertThat(ended(requester, deal)).as("still under way").isLessThan(TASKS);
    return deal;
  }

  private static long ended(RucheClient requester, Deal deal) {
    return requester.view().tasks(Marketplace.ids(deal)).stream()
        .filter(task -> task.status().isFinal())
        .count();
  }

  /** Every task of the bag, with a result that can still be fetched and verified. */
  private static void assertCompleted(Marketplace market, RucheClient requester, Deal deal) {
    var tasks = market.settled(requester, deal);
    assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
    assertThat(market.verified(requester, tasks)).hasSize(TASKS);
  }

  /** A second transaction for what was done already would have been reverted by the hub. */
  private void assertNothingFailed(RucheClient client, long from) {
    var rpc = client.hub().rpc();
    var owner = Role.APP_PROVIDER.open().address().hex();
    int sent = 0;
    for (long number = from; number <= head(client); number++) {
      var block = rpc.read("eth_getBlockByNumber", "0x" + Long.toHexString(number), true);
      for (JsonNode transaction : block.path("transactions")) {
        if (transaction.path("from").asText().equalsIgnoreCase(owner)) {
          var hash = transaction.path("hash").asText();
          var receipt = rpc.read("eth_getTransactionReceipt", hash);
          assertThat(receipt.path("status").asText()).as("of %s", transaction).isEqualTo("0x1");
          sent++;
        }
      }
    }
    assertThat(sent).as("finalized tasks, and what starts them").isGreaterThan(2 * TASKS);
  }

  private static long head(RucheClient client) {
    return Long.decode(client.hub().rpc().read("eth_blockNumber").asText());
  }

  private Server server(CommandLine ruche, int port) {
    var log = folder.resolve("server-%d.log".formatted(port));
    var process = ruche
        .withVariables(Map.of("RUCHE_SERVER_DATABASE_PASSWORD", "not asked for"))
        .start(
            log,
            "pool",
            "start",
            "--wallet",
            OWNER,
            "--workerpool",
            workerpool.checksummed(),
            "--price",
            "0.5",
            "--release",
            "with-work",
            "--port",
            String.valueOf(port),
            "--database",
            database);
    started.add(process);
    return new Server(port, process, log);
  }

  /** Sends everybody to the front door, and two workers with them. */
  private void join(Marketplace market, CommandLine ruche, FrontDoor door) {
    var file = folder.resolve("pool.json");
    var network = market.network().of(door.url(), workerpool);
    network.write(file);
    market.use(network);
    for (var wallet : WORKERS) {
      started.add(ruche.start(
          folder.resolve("worker-" + wallet + ".log"),
          "worker",
          "start",
          "--wallet",
          wallet,
          "--slots",
          "1",
          "--containers",
          "never",
          "--network",
          file.toString()));
    }
  }

  private static Address pool(Marketplace market, CommandLine ruche) {
    for (var wallet : List.of(OWNER, "data-provider", "pool")) {
      ruche.run("account", "fund", "--tokens", "100", "--wallet", wallet);
      var deposited = ruche.run("account", "deposit", "100", "--wallet", wallet);
      assertThat(deposited.code()).as(deposited.err()).isZero();
    }
    try (var owner =
        RucheClient.open(Connection.endpoints(market.network()), Role.APP_PROVIDER.open())) {
      return owner.transactions().createWorkerpool("Pool with a standby");
    }
  }

  private long standbys(FrontDoor door) {
    servers
        .values()
        .forEach(server ->
            assertThat(server.command().isAlive()).as("%s", server.log()).isTrue());
    return door.ready() == 0
        ? 0
        : door.answers().filter(answer -> answer.contains("STANDBY")).count();
  }

  private Server master(FrontDoor door) {
    return servers.get(door.ready());
  }

  private Server untilAnother(FrontDoor door, Server last) {
    return Marketplace.await("another master than that of port " + last.port(), () -> {
      int ready = door.ready();
      return ready == 0 || ready == last.port() ? null : servers.get(ready);
    });
  }

  /** A master that wakes up late ends; within a write it could not even know what became of it. */
  private static void assertEnded(Server late) throws InterruptedException {
    assertThat(late.command().waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(late.command().exitValue()).isNotZero();
    assertThat(late.log()).content().containsPattern("MASTER_LOST|STORE_FATE_UNKNOWN");
  }

  private static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
