package io.ruche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.cli.up.Role;
import io.ruche.core.Deal;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskStatus;
import io.ruche.sdk.RucheClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job with real processes: bought, run, certified, verified, paid; and what can go wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketE2E {
  private static final int WORKERS = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private Marketplace market;

  @BeforeAll
  void open() {
    market = new Marketplace(folder, WORKERS);
  }

  @AfterAll
  void close() {
    market.close();
  }

  @Test
  void bagIsCertifiedVerifiedAndPaid() throws Exception {
    try (var requester = market.requester()) {
      var me = requester.wallet().address();
      var before = market.balance(requester, me);

      var deal = market.buy(requester, new Marketplace.Wish(market.app("noop"), 6, 3, "hello"));
      var tasks = market.settled(requester, deal);

      assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
      assertThat(tasks).allMatch(task -> task.contributors().size() >= 2);
      var results = market.verified(requester, tasks);
      assertThat(Files.readString(results.getFirst().folder().resolve("result.txt")))
          .contains("hello");
      assertThat(market.balance(requester, me))
          .isEqualTo(before.minus(deal.pricePerTask().times(6)));
      assertThat(market.isConserved(requester)).isTrue();
    }
  }

  @Test
  void failingAppEndsInACertifiedFailure() {
    try (var requester = market.requester()) {
      var app = market.app("failing");
      var deal = market.buy(requester, new Marketplace.Wish(app, 1, 3, "exit 7"));

      var results = market.verified(requester, market.settled(requester, deal));

      assertThat(results.getFirst().failure()).contains(new Failure(FailureCode.EXIT, 7));
    }
  }

  @Test
  void modulesThatTrapEatMemoryOrFloodEndAsCertifiedFailures() {
    try (var requester = market.requester()) {
      var app = market.app("failing");
      for (var expected : new String[][] {{"trap", "TRAP"}, {"files 100000", "OUTPUT_LIMIT"}}) {
        var deal = market.buy(requester, new Marketplace.Wish(app, 1, 1, expected[0]));

        var results = market.verified(requester, market.settled(requester, deal));

        assertThat(results.getFirst().failure())
            .map(Failure::code)
            .contains(FailureCode.valueOf(expected[1]));
      }
    }
  }

  @Test
  void aRunThatItsRequesterStopsEndsAtOnceAndIsPaid() throws Exception {
    try (var requester = market.requester()) {
      var wish = new Marketplace.Wish(market.app("failing"), 1, 3, "tell");

      new CancelledRun(market).stop(requester, market.buy(requester, wish));
    }
  }

  @Test
  void tasksOfAKilledWorkerAreGivenToAnother() {
    try (var requester = market.requester()) {
      var wish = new Marketplace.Wish(
          market.app("risk-analysis"), market.prices(), 6, 0, 3, "--horizon-days 21");
      var deal = market.buy(requester, wish);
      Marketplace.await("a run on worker-1", () -> isRunningOn(requester, deal, 1));

      market.kill("worker-1");
      var tasks = market.settled(requester, deal);

      assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
      market.verified(requester, tasks);
    } finally {
      market.repair();
    }
  }

  /** The chain comes back some seconds older; what it forgot is sent again by whoever sent it. */
  @Test
  void chainKilledInTheMiddleLosesNothing() {
    try (var requester = market.requester()) {
      var deal = market.buy(requester, new Marketplace.Wish(market.app("noop"), 30, 3, "again"));
      Marketplace.await(
          "a completed task",
          () -> requester.view().tasks(Marketplace.ids(deal)).stream()
                  .anyMatch(task -> task.status() == TaskStatus.COMPLETED)
              ? true
              : null);

      market.kill("chain");
      market.repair();
      var tasks = market.settled(requester, deal);

      assertThat(tasks).allMatch(task -> task.status() == TaskStatus.COMPLETED);
      market.verified(requester, tasks);
      assertThat(market.isConserved(requester)).isTrue();
    }
  }

  @Test
  void fuelIsAgreedShownLimitedAndEstimated() {
    var ruche = new CommandLine(market.home());
    var app = market.app("noop").checksummed();

    var ran = ruche.run("run", app, "--args", "fuel", "--trust", "3", "--watch").json();
    var task = ran.at("/tasks/0/task").asText();
    long fuel = ran.at("/tasks/0/fuel").asLong();
    var told = ruche.run("task", "explain", task).json().path("pool");
    assertThat(fuel).isPositive();
    assertThat(told.path("attempts"))
        .hasSizeGreaterThanOrEqualTo(2)
        .filteredOn(attempt -> attempt.path("end").asText().equals("proved"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(attempt -> attempt.path("fuel").asLong() == fuel);
    assertThat(ruche.run("task", "show", task).json().path("fuel").asLong()).isEqualTo(fuel);

    var estimate = ruche.run("run", app, "--dry-run").json().path("estimate");
    assertThat(estimate.path("runs").asInt()).isPositive();
    assertThat(estimate.path("medianFuel").asLong()).isPositive();

    var starved = ruche.run("run", app, "--trust", "3", "--max-fuel", "1k", "--watch");
    assertThat(starved.code()).isEqualTo(1);
    assertThat(starved.json().at("/tasks/0/failure/code").asText()).isEqualTo("FUEL");
    assertThat(starved.json().at("/tasks/0/fuel").asLong()).isEqualTo(1_000);
    assertThat(ruche.run("run", app, "--max-fuel", "5 gallons").code()).isEqualTo(3);

    Marketplace.await("a worker that tells a paid task and its reward", () -> {
      for (var worker : ruche.run("worker", "status").json()) {
        if (worker.path("paid").asLong() > 0 && worker.path("rewards").asDouble() > 0) {
          return true;
        }
      }
      return null;
    });
  }

  private static @Nullable Boolean isRunningOn(RucheClient requester, Deal deal, int worker) {
    var address = Role.worker(worker).address().checksummed();
    return requester
        .market()
        .deal(deal.id())
        .map(json -> json.toString().contains(address))
        .filter(found -> found)
        .orElse(null);
  }
}
