package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures one bag of tasks from the purchase to the last result. */
@Command(
    name = "bag",
    description = {
      "Buy one bag of tasks that do nothing, wait for the last result, check a sample of them.",
      "Chain, server and workers are the programs that users run, in a home of their own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench bag --tasks 1000 --workers 1 --warm-up 500",
      "  ruche bench bag --tasks 300 --workers 3 --trust 2 --output json"
    })
final class BagCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Tasks in the bag (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Workers, one process each (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--trust",
      paramLabel = "N",
      defaultValue = "1",
      description = "Trust of the deal (default: ${DEFAULT-VALUE}).")
  private long trust;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Tasks bought and finished before, which are not measured (default: ${DEFAULT-VALUE});",
        "without them the figures hold the start of fresh processes."
      })
  private int warmUp;

  BagCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var bag = Usage.valid(() -> new Bag(tasks, workers, trust, warmUp), "bag");
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var report =
          new BagBenchmark(bag, Installation.current(), home, session.clock()).run(progress);
      return new BenchmarkHome.Outcome(
          report.answer(), report.isComplete() ? ExitCode.OK : ExitCode.FAILED);
    });
  }
}
