package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the start and the memory of an idle worker. */
@Command(
    name = "worker",
    description = {
      "Start an idle worker several times and measure the time until its pool knows it, and its",
      "memory once it has found out what it can run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench worker                               as built from this repository",
      "  ruche bench worker --archive target/ruche-0.1.0-SNAPSHOT-linux-x86_64.tar.gz"
    })
final class WorkerCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      description = "Measure the worker of this archive of `./ruche dist`.")
  private @Nullable Path archive;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often it is started (default: ${DEFAULT-VALUE}).")
  private int starts;

  WorkerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (starts < 1 || starts > WorkerBenchmark.MAX_STARTS) {
      throw Usage.error(
          "expected --starts from 1 to %d, found %d.".formatted(WorkerBenchmark.MAX_STARTS, starts),
          "worker");
    }
    if (archive != null && !Files.isRegularFile(archive)) {
      throw Usage.error("there is no archive %s.".formatted(archive), "worker");
    }
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark = new WorkerBenchmark(Installation.current(), home, starts, archive);
      return new BenchmarkHome.Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }
}
