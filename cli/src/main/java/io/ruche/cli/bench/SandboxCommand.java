package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures runs that do nothing, and the cost of each wall around them. */
@Command(
    name = "sandbox",
    description = {
      "Run apps that do nothing, as many as fit in the time: WASM in warm runners, and a native",
      "program in bubblewrap. Then the same program with one wall more each time."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ruche bench sandbox --runs 1000", "  ruche bench sandbox --slots 4 --output json"})
final class SandboxCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Runs of each kind (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "Runs at the same time (default: ${DEFAULT-VALUE}).")
  private int slots;

  SandboxCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 10 || runs > SandboxBenchmark.MAX_RUNS || slots < 1 || slots > 64) {
      throw Usage.error(
          "expected --runs from 10 to %d and --slots from 1 to 64, found %d and %d."
              .formatted(SandboxBenchmark.MAX_RUNS, runs, slots),
          "sandbox");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark =
          new SandboxBenchmark(Installation.current(), home.folder().toRealPath(), runs, slots);
      return new BenchmarkHome.Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }
}
