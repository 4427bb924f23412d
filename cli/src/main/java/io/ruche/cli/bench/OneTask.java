package io.ruche.cli.bench;

import io.ruche.cli.Connection;
import io.ruche.cli.settings.Network;
import io.ruche.cli.up.Role;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.DealParams;
import io.ruche.core.RucheException;
import io.ruche.core.Tag;
import io.ruche.core.TokenAmount;
import io.ruche.sdk.Demand;
import io.ruche.sdk.Publisher;
import io.ruche.sdk.Purchase;
import io.ruche.sdk.Quote;
import io.ruche.sdk.RucheClient;
import io.ruche.sdk.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Buys single tasks of one app, as the benchmarks do that measure one thing again and again. */
record OneTask(RucheClient requester, Purchase purchase) {
  private static final TokenAmount PRICE = TokenAmount.parse("0.1");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 5;

  static Address offer(Network network, Path file, String type, int volume) {
    try (var provider = RucheClient.open(Connection.endpoints(network), Role.APP_PROVIDER.open())) {
      var source = provider.sources().publish(file.toString());
      var terms = new Publisher.Terms(PRICE, volume);
      return provider.publisher().app("measured", type, source, terms).address();
    }
  }

  Quote quote(Address app) {
    return requester
        .quoter()
        .quote(new Demand(
            requester.wallet().address(),
            app,
            Address.ZERO,
            Address.ZERO,
            1,
            0,
            1,
            Tag.NONE,
            DealParams.ofArgs(""),
            null));
  }

  Deal match(RunRecord run) {
    return requester.view().deal(purchase.complete(run).getFirst()).orElseThrow();
  }

  /** Looks every few milliseconds; a benchmark that waits for longer than a minute is broken. */
  static void until(String what, BooleanSupplier isReached) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isReached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw invalid("waited %d s for %s.".formatted(LIMIT.toSeconds(), what));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  static double secondsSince(long beganNanos) {
    return (System.nanoTime() - beganNanos) / 1e9;
  }

  static RucheException invalid(String sentence) {
    return new RucheException("BENCH_INVALID", sentence, "Run the benchmark again.", true);
  }
}
