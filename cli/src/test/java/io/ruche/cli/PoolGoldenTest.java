package io.ruche.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a pool, on a terminal of 80 columns, in a pipe and as JSON. */
class PoolGoldenTest {
  private static final String ZERO = "0x0000000000000000000000000000000000000000";
  private static final String STATUS = """
      {"ok":true,"at":"2026-01-02T03:04:04Z","workerpool":"0xba05E08A",\
      "workers":2,"owners":1,"slots":3,"freeSlots":1,"servableTrust":2,"openDeals":1,\
      "openTasks":6,"openOrders":5,\
      "offers":[{"category":0,"tasks":9,"price":"1.5","why":"FOLLOWS_BOOK",\
      "since":"2026-01-02T03:00:00Z","limit":"SOLD_OUT"},\
      {"category":1,"tasks":0,"price":"4","why":"NO_RIVAL","since":"2026-01-02T03:00:00Z",\
      "limit":"TOO_FEW_OWNERS"}],"wantingRun":4,"waitingEvents":0,"tasks":{"queued":4,"running":2}}""";
  private static final String WORKERS = """
      {"ok":true,"at":"2026-01-02T03:04:04Z","further":0,"workers":[\
      {"machine":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","state":"busy","slots":2,\
      "freeSlots":0,"running":2,"score":7,"freeStake":"12.5","lastHeard":"2026-01-02T03:04:01Z",\
      "believedFuelPerSecond":1200000000,"claimedFuelPerSecond":9000000000,"confirmedRuns":21,\
      "claimRefuted":true,"slotQuota":1,"power":"surplus",\
      "runtimes":["WASM","NATIVE"]},\
      {"machine":"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC","state":"banned","slots":1,\
      "freeSlots":1,"running":0,"score":0,"freeStake":"100","lastHeard":"2026-01-02T02:00:00Z",\
      "believedFuelPerSecond":0,"claimedFuelPerSecond":0,"confirmedRuns":0,"claimRefuted":false,\
      "slotQuota":1,"ban":"overheats","power":"mains",\
      "runtimes":["WASM"]}]}""";
  private static final String TASKS = """
      {"ok":true,"at":"2026-01-02T03:04:04Z","further":7,"tasks":[\
      {"task":"0x2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a",\
      "deal":"0x1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f","index":3,\
      "stage":"queued","attempts":1,"running":0,\
      "contributionDeadline":"2026-01-02T03:39:05Z"}]}""";

  @TempDir
  Path folder;

  private HttpServer server;
  private Path network;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/pool/status", STATUS);
    answer("/pool/workers", WORKERS);
    answer("/pool/tasks", TASKS);
    server.start();
    network = Files.writeString(folder.resolve("network.json"), """
        {"chainId":65535,"rpc":"http://127.0.0.1:1","hub":"%s","token":"%s",\
        "market":"http://127.0.0.1:%d"}""".formatted(
            ZERO, ZERO, server.getAddress().getPort()));
  }

  private void answer(String path, String body) {
    server.createContext(path, exchange -> {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void statusWorkersAndTasksFitATerminalAndAreWholeInAPipe() throws Exception {
    for (var verb : new String[] {"status", "workers", "tasks"}) {
      var home = folder.resolve("home");
      var options = new String[] {"pool", verb, "--network", network.toString()};
      var json = new String[] {"pool", verb, "--network", network.toString(), "-o", "json"};

      Golden.assertSame(
          "pool-%s-terminal".formatted(verb),
          Cli.onTerminal(home, 80).run(options).transcript());
      Golden.assertSame(
          "pool-%s-pipe".formatted(verb), Cli.inPipe(home).run(options).transcript());
      Golden.assertSame(
          "pool-%s-json".formatted(verb), Cli.inPipe(home).run(json).transcript());
    }
  }
}
