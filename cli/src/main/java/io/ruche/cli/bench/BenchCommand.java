package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.core.RucheException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ruche bench}: measures the product on a private network of this machine. */
@Command(
    name = "bench",
    description = "Measure a private network on this machine. docs/performance.md explains it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench bag                                  1,000 tasks, two workers",
      "  ruche bench bag --tasks 3000 --workers 4 --output json"
    })
public final class BenchCommand {
  private final Session session;

  public BenchCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "bag",
      description = {
        "Buy one bag of tasks that do nothing, wait for the last result, check a sample of them.",
        "Chain, server and workers are the programs that users run, in a home of their own."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche bench bag --tasks 1000 --workers 2",
        "  ruche bench bag --tasks 300 --workers 3 --trust 2 --output json"
      })
  int bag(
      @Option(
              names = "--tasks",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Tasks in the bag (default: ${DEFAULT-VALUE}).")
          int tasks,
      @Option(
              names = "--workers",
              paramLabel = "N",
              defaultValue = "2",
              description = "Workers, one process each (default: ${DEFAULT-VALUE}).")
          int workers,
      @Option(
              names = "--trust",
              paramLabel = "N",
              defaultValue = "1",
              description = "Trust of the deal (default: ${DEFAULT-VALUE}).")
          long trust)
      throws IOException, InterruptedException {
    var bag = bagOf(tasks, workers, trust);
    var temporary = TemporaryHome.create("ruche-bench-");
    try {
      var benchmark =
          new BagBenchmark(bag, Installation.current(), temporary.home(), session.clock());
      var report = benchmark.run(new Progress(session));
      temporary.delete();
      session.answer(report.answer());
      return report.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    } catch (RucheException | IOException e) {
      session.note("The logs of the benchmark are kept in " + temporary.home().logs() + ".");
      throw e;
    }
  }

  private static Bag bagOf(int tasks, int workers, long trust) {
    try {
      return new Bag(tasks, workers, trust);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "USAGE", String.valueOf(e.getMessage()), "See `ruche bench bag --help`.", false, e);
    }
  }
}
