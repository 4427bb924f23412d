package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how soon a standby works. */
@Command(
    name = "takeover",
    description = {
      "Kill the master of a pool's two servers, buy a task at that moment, and measure until the",
      "standby's first transaction is on chain. Then the next one stands by. Needs an empty",
      "PostgreSQL database; RUCHE_SERVER_DATABASE_PASSWORD has its password."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench takeover --database 'jdbc:postgresql://127.0.0.1/bench?user=ruche'",
      "  ruche bench takeover --database 'jdbc:postgresql://127.0.0.1/bench?user=ruche' --rounds 20"
    })
final class TakeoverCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--database",
      paramLabel = "URL",
      required = true,
      description = "Empty PostgreSQL database, as jdbc:postgresql://HOST/NAME?user=USER.")
  private String database = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Masters that are killed (default: ${DEFAULT-VALUE}).")
  private int rounds;

  TakeoverCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || rounds > TakeoverBenchmark.MAX_ROUNDS) {
      throw Usage.error(
          "expected 1 to %d rounds, found %d.".formatted(TakeoverBenchmark.MAX_ROUNDS, rounds),
          "takeover");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark =
          new TakeoverBenchmark(Installation.current(), home, session.clock(), rounds, database);
      var report =
          new RoundsReport("kill to the standby's first transaction", benchmark.run(progress));
      return new BenchmarkHome.Outcome(report.answer(), ExitCode.OK);
    });
  }
}
