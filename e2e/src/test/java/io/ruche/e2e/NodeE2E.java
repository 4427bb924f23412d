package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.Connection;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.RucheClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A pool and a worker that people run by hand beside a local network, on the same chain. */
class NodeE2E {
  private static final long STOP_SECONDS = 30;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void secondPoolWithItsOwnWorkerSellsARunAndStopsWhenTold() throws Exception {
    try (var market = new Marketplace(folder, 0)) {
      var ruche = new CommandLine(market.home());
      var address = pool(market, ruche);
      var file = folder.resolve("second.json");
      var pool = ruche.start(
          folder.resolve("pool.log"),
          "pool",
          "start",
          "--wallet",
          "app-provider",
          "--workerpool",
          address.checksummed(),
          "--price",
          "0.5",
          "--endpoints",
          file.toString());
      Marketplace.await("the second pool", () -> isReady(file, pool));
      var worker = ruche.start(
          folder.resolve("worker.log"),
          "worker",
          "start",
          "--wallet",
          "data-provider",
          "--slots",
          "1",
          "--network",
          file.toString());
      try {
        assertSold(market, ruche, file);
        assertMeasured(ruche, Network.read(file).market());
      } finally {
        stop(worker);
        stop(pool);
      }
      assertThat(folder.resolve("pool.log")).content().contains("server stops");
      assertThat(folder.resolve("worker.log")).content().contains("worker stopped");
    }
  }

  private void assertSold(Marketplace market, CommandLine ruche, Path network) {
    var module = market.example("noop").toString();
    var app = ruche.run("app", "deploy", module, "--network", network.toString());
    var outcome = ruche.run(
        "run",
        app.json().path("address").asText(),
        "--input",
        module,
        "--network",
        network.toString(),
        "--output-dir",
        folder.resolve("out").toString());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/counts/verified").asInt()).isEqualTo(1);
    assertThat(outcome.json().at("/tasks/0/workers/0").asText())
        .isEqualTo(Role.DATA_PROVIDER.open().address().checksummed());
    assertThat(outcome.json().at("/quote/total").asText()).isEqualTo("0.5");
  }

  /** What the machine can do, and the way to the pool that it would join. */
  private static void assertMeasured(CommandLine ruche, URI pool) {
    var measured = ruche.run("worker", "measure", "--pool", pool.toString());

    assertThat(measured.code()).as(measured.err()).isZero();
    assertThat(measured.json().path("fuelPerSecond").asLong()).isPositive();
    assertThat(measured.json().path("poolMillis").isIntegralNumber()).isTrue();
    assertThat(measured.json().path("poolBytesPerSecond").asLong()).isPositive();
  }

  /** A pool of a provider, with what it and its worker must stake. */
  static Address pool(Marketplace market, CommandLine ruche) {
    for (var wallet : List.of("app-provider", "data-provider")) {
      ruche.run("account", "fund", "--tokens", "100", "--wallet", wallet);
      var deposited = ruche.run("account", "deposit", "100", "--wallet", wallet);
      assertThat(deposited.code()).as(deposited.err()).isZero();
    }
    try (var owner =
        RucheClient.open(Connection.endpoints(market.network()), Role.APP_PROVIDER.open())) {
      assertThat(owner.view().account(owner.wallet().address()).free())
          .isEqualTo(TokenAmount.parse("100"));
      return owner.transactions().createWorkerpool("Second pool");
    }
  }

  private static @Nullable Boolean isReady(Path file, Process pool) {
    if (!pool.isAlive()) {
      throw new AssertionError("the pool ended with " + pool.exitValue());
    }
    return Files.exists(file) ? true : null;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
