package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a server with many idle workers. */
@Command(
    name = "crowd",
    description = {
      "Log many workers in to one server at once, let them idle, and measure the server's memory",
      "and processor time. They are links as workers have them, without a machine behind."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench crowd                                as many as a server takes",
      "  ruche bench crowd --workers 200 --output json"
    })
final class CrowdCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Workers (default: ${DEFAULT-VALUE}).")
  private int workers;

  CrowdCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (workers < 1 || workers > CrowdBenchmark.MAX_WORKERS) {
      throw Usage.error(
          "expected --workers from 1 to %d, found %d."
              .formatted(CrowdBenchmark.MAX_WORKERS, workers),
          "crowd");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark = new CrowdBenchmark(Installation.current(), home, workers);
      return new BenchmarkHome.Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }
}
