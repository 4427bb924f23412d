package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.util.function.Supplier;
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
      "  ruche bench call --offers --output json          how fast a contract is answered"
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
    var bag = valid(() -> new Bag(tasks, workers, trust), "bag");
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var report =
          new BagBenchmark(bag, Installation.current(), home, session.clock()).run(progress);
      return new Outcome(report.answer(), report.isComplete() ? ExitCode.OK : ExitCode.FAILED);
    });
  }

  @Command(
      name = "call",
      description = {
        "Let a contract ask the chess app, one call after another, and measure from the block of",
        "the call to the block of the answer. Each answer is read back from the contract."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche bench call --calls 100                     any pool takes the calls",
        "  ruche bench call --offers --output json          matched in the call's transaction"
      })
  int call(
      @Option(
              names = "--calls",
              paramLabel = "N",
              defaultValue = "100",
              description = "Calls that are measured (default: ${DEFAULT-VALUE}).")
          int calls,
      @Option(
              names = "--workers",
              paramLabel = "N",
              defaultValue = "1",
              description = "Workers, one process each (default: ${DEFAULT-VALUE}).")
          int workers,
      @Option(names = "--open", description = "Leave the calls open for any pool (the default).")
          boolean isOpen,
      @Option(names = "--offers", description = "Hand an app's and a pool's offer in.")
          boolean isOffers)
      throws IOException, InterruptedException {
    if (isOpen && isOffers) {
      throw usage("expected --open or --offers, found both.", "call");
    }
    var way = isOffers ? Calls.Way.OFFERS : Calls.Way.OPEN;
    var wanted = valid(() -> new Calls(calls, workers, way), "call");
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var benchmark = new CallBenchmark(wanted, Installation.current(), home, session.clock());
      return new Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }

  private record Outcome(Answer answer, int exitCode) {}

  private interface Benchmark {
    Outcome run(Home home) throws IOException, InterruptedException;
  }

  /** The home is removed after a run, and kept with its logs when the run fails. */
  private int inTemporaryHome(Benchmark benchmark) throws IOException, InterruptedException {
    Installation.requireRepository("ruche bench");
    var temporary = TemporaryHome.create("ruche-bench-");
    try {
      var outcome = benchmark.run(temporary.home());
      temporary.delete();
      session.answer(outcome.answer());
      return outcome.exitCode();
    } catch (RucheException | IOException e) {
      session.note("The logs of the benchmark are kept in " + temporary.home().logs() + ".");
      throw e;
    }
  }

  private static <T> T valid(Supplier<T> settings, String verb) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()), verb);
    }
  }

  private static RucheException usage(String message, String verb) {
    return new RucheException(
        "USAGE", message, "See `ruche bench %s --help`.".formatted(verb), false);
  }
}
