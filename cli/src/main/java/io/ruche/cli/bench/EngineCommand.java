package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import java.util.concurrent.Callable;
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
    footer = {"  ruche bench engine", "  ruche bench engine --tasks 200000 --output json"})
final class EngineCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Tasks in each repetition (default: ${DEFAULT-VALUE}).")
  private int tasks;

  EngineCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (tasks < 1_000 || tasks > EngineBenchmark.MAX_TASKS) {
      throw Usage.error(
          "expected --tasks from 1000 to %d, found %d.".formatted(EngineBenchmark.MAX_TASKS, tasks),
          "engine");
    }
    var report = new EngineBenchmark(tasks).run(new Progress(session));
    session.answer(report.answer());
    return ExitCode.OK;
  }
}
