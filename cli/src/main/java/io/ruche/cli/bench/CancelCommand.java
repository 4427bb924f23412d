package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how soon a cancelled run is gone. */
@Command(
    name = "cancel",
    description = {
      "Let a worker run a native program that never ends, cancel it, and measure until its last",
      "process is gone. Needs bubblewrap."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench cancel                               five times",
      "  ruche bench cancel --rounds 20 --output json     steadier, for a program"
    })
final class CancelCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs that are cancelled (default: ${DEFAULT-VALUE}).")
  private int rounds;

  CancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || rounds > CancelBenchmark.MAX_ROUNDS) {
      throw Usage.error(
          "expected 1 to %d rounds, found %d.".formatted(CancelBenchmark.MAX_ROUNDS, rounds),
          "cancel");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark = new CancelBenchmark(Installation.current(), home, session.clock(), rounds);
      var report = new RoundsReport("cancel to end of process", benchmark.run(progress));
      return new BenchmarkHome.Outcome(report.answer(), ExitCode.OK);
    });
  }
}
