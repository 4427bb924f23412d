package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a task costs the engine of a pool. */
@Command(
    name = "engine",
    description = {
      "Run the engine of a pool alone, on one processor: whole lives of tasks that do nothing,",
      "with a chain and machines that answer at once, for ever more machines and waiting tasks."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench engine --plot cost.svg",
      "  ruche bench engine --tasks 200000 --output json"
    })
final class EngineCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Tasks in each repetition (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also draw the cost of a task against machines and queue, as SVG.")
  private @Nullable Path plot;

  EngineCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (tasks < 1_000 || tasks > EngineBenchmark.MAX_TASKS) {
      throw Usage.error(
          "expected --tasks from 1000 to %d, found %d.".formatted(EngineBenchmark.MAX_TASKS, tasks),
          "engine");
    }
    if (plot != null && !Files.isDirectory(plot.resolveSibling("."))) {
      throw Usage.error("there is no folder for the plot %s.".formatted(plot), "engine");
    }
    var report = new EngineBenchmark(tasks).run(new Progress(session));
    if (plot != null) {
      Files.writeString(plot, EnginePlot.svg(report));
    }
    session.answer(report.answer());
    return ExitCode.OK;
  }
}
