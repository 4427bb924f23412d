package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.settings.Network;
import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.core.WorkerpoolOrder;
import io.ruche.sdk.Quote;
import io.ruche.sdk.RucheClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A pool that sells what its one machine can do, on a real chain, and stops selling. */
class SellingE2E {
  private static final long STOP_SECONDS = 60;
  private static final String OWNER = "app-provider";
  private static final String CLOSE_AFTER_MILLIS = "5000";

  /** Runs of the category's reference time that one slot has room for before their deadline. */
  private static final long ROOM = 7;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<Process> started = new ArrayList<>();
  private int starts;
  private int port;
  private Marketplace market;
  private CommandLine ruche;
  private Address workerpool;

  @BeforeEach
  void open() throws IOException {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    market = new Marketplace(folder, 0);
    ruche = new CommandLine(market.home())
        .withVariables(Map.of("RUCHE_SERVER_CLOSE_AFTER_MILLIS", CLOSE_AFTER_MILLIS));
    workerpool = NodeE2E.pool(market, ruche);
  }

  @AfterEach
  void close() throws InterruptedException {
    try {
      for (var process : started.reversed()) {
        stop(process);
      }
    } finally {
      market.close();
    }
  }

  @Test
  void whatIsOnOfferCanBeDoneAndADrainedPoolEndsWithNothingLeft() throws Exception {
    var server = server();
    market.use(Network.read(file()));
    var worker = worker();
    long offered = awaitOffer();
    assertThat(offered).isLessThanOrEqualTo(ROOM);
    try (var requester = market.requester()) {
      var app = market.app("noop");
      var deal = market.buy(requester, new Marketplace.Wish(app, offered, 1, "all of it"));
      assertThat(market.settled(requester, deal))
          .allMatch(task -> task.status() == TaskStatus.COMPLETED);

      awaitOffer();
      var copy = quote(requester, app);
      stop(worker);
      assertClosed(requester, copy);

      worker = worker();
      awaitOffer();
      stop(worker);
      var sold = market.buy(requester, new Marketplace.Wish(app, 2, 1, "before the drain"));
      var last = quote(requester, app).lots().getFirst().workerpool();
      var drain = ruche.start(
          folder.resolve("drain.log"),
          "pool",
          "drain",
          "--wait",
          "--wallet",
          OWNER,
          "--network",
          file().toString());
      Marketplace.await("the orders to be closed", () -> isLeft(2, 0) ? true : null);
      stop(server);
      server = server();
      server.children().forEach(ProcessHandle::destroyForcibly);
      assertThat(server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
      server();
      assertThat(drain.isAlive()).as("two tasks are sold and not finished").isTrue();
      worker();

      assertThat(market.settled(requester, sold))
          .allMatch(task -> task.status() == TaskStatus.COMPLETED);
      assertThat(drain.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(drain.exitValue()).isZero();
      assertThat(folder.resolve("drain.log")).content().contains("\"drained\"");
      assertThat(isLeft(0, 0)).isTrue();
      assertUsedUp(requester, last);
      assertThat(onOffer()).isZero();
      assertThat(market.isConserved(requester)).isTrue();
    }
  }

  /**
   * After the time that a machine may be away, what it cannot do is void, also a signed copy: the
   * hub's code 0x60 says that an order has nothing left.
   */
  private void assertClosed(RucheClient requester, Quote copy) {
    Marketplace.await("orders without a machine to be closed", () -> onOffer() == 0 ? true : null);
    var lot = copy.lots().getFirst();
    assertUsedUp(requester, lot.workerpool());
    var run = market.signed(requester, copy);
    assertThatThrownBy(() -> requester.transactions().match(lot, run))
        .as("the hub refuses the signed copy")
        .hasMessageContaining("matchOrders-0x60");
  }

  private static void assertUsedUp(RucheClient requester, WorkerpoolOrder order) {
    assertThat(requester.view().consumed(order.hash(requester.view().domain())))
        .isEqualTo(order.volume());
  }

  private Quote quote(RucheClient requester, Address app) {
    return market.quote(requester, new Marketplace.Wish(app, 1, 1, "kept"));
  }

  private long awaitOffer() {
    return Marketplace.await("something on offer", () -> onOffer() > 0 ? onOffer() : null);
  }

  /** What the pool says that it has on offer. */
  private long onOffer() {
    return status().at("/offers/0/tasks").asLong();
  }

  private JsonNode status() {
    return ruche.run("pool", "status", "--network", file().toString()).json();
  }

  private boolean isLeft(long tasks, long orders) {
    var status = status();
    return status.has("drainedSince")
        && status.path("openTasks").asLong() == tasks
        && status.path("openOrders").asLong() == orders;
  }

  private Path file() {
    return folder.resolve("pool.json");
  }

  private Process server() throws IOException {
    Files.deleteIfExists(file());
    var process = start(
        "server",
        "pool",
        "start",
        "--wallet",
        OWNER,
        "--workerpool",
        workerpool.checksummed(),
        "--price",
        "0.5",
        "--category",
        "0",
        "--trust",
        "1",
        "--selling",
        "capacity",
        "--port",
        String.valueOf(port),
        "--endpoints",
        file().toString());
    Marketplace.await("the server", () -> Files.exists(file()) ? true : null);
    return process;
  }

  private Process worker() {
    return start(
        "worker",
        "worker",
        "start",
        "--wallet",
        "data-provider",
        "--slots",
        "1",
        "--containers",
        "never",
        "--network",
        file().toString());
  }

  private Process start(String name, String... arguments) {
    var process = ruche.start(folder.resolve("%s-%d.log".formatted(name, ++starts)), arguments);
    started.add(process);
    return process;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
