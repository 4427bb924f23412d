package io.ruche.cli.node;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.ProgressBar;
import io.ruche.core.RucheException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this machine as a worker would use it. */
@Command(
    name = "measure",
    description = {
      "Measure this machine: fuel per second in the sandbox, memory, disk, way to a pool.",
      "The modules that are run are always the same, so figures of machines compare."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker measure                                     some seconds",
      "  ruche worker measure --pool https://pool.example.org -o json"
    })
public final class MeasureCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--pool",
      paramLabel = "URL",
      description = "Also ask this pool a few times, and download at most 8 MiB from it.")
  @Nullable
  URI pool;

  @Option(
      names = "--worker",
      paramLabel = "NAME",
      description = "Keep the figures with this worker, which tells its pool at its next login.")
  @Nullable
  String worker;

  public MeasureCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var home = session.home().create();
    var folder =
        worker == null ? home.folder() : home.folder().resolve("workers").resolve(worker);
    if (worker != null && (worker.contains("/") || !Files.isDirectory(folder))) {
      throw new RucheException(
          "WORKER_UNKNOWN",
          "no worker '%s' was ever started from the home %s.".formatted(worker, home.folder()),
          "See `ruche worker status`.",
          false);
    }
    var figures = MachineFigures.measure(
        folder,
        pool,
        new ProgressBar(session.printer(), "measuring")::show,
        session.clock().instant());
    if (worker != null) {
      MachineFile.write(folder.resolve(MachineFile.NAME), figures);
    }
    session.answer(new Answer(
        figures.toJson(),
        List.of(figures.fields()),
        List.of(String.valueOf(figures.speed().fuelPerSecond()))));
    return ExitCode.OK;
  }
}
