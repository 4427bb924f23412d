package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ruche bench}: measures the product on this machine. */
@Command(
    name = "bench",
    description = "Measure Ruche on this machine. docs/performance.md explains it.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche bench bag                                  1,000 tasks, two workers",
      "  ruche bench call --offers --output json          how fast a contract is answered",
      "  ruche bench worker --archive target/ruche-*.tar.gz   start and memory of an idle worker",
      "  ruche bench sandbox                              runs per second, cost of each wall",
      "  ruche bench crowd                                2,000 idle workers on one server",
      "  ruche bench engine                               what a task costs a pool's scheduler",
      "  ruche bench link                                 server, socket and worker, no chain",
      "  ruche bench wasm                                 apps beside compiled C and V8",
      "  ruche bench cancel                               how soon a cancelled run is gone"
    })
public final class BenchCommand {
  private static final int MAX_RUNS = 1_000;

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
  int worker(
      @Option(
              names = "--archive",
              paramLabel = "FILE",
              description = "Measure the worker of this archive of `./ruche dist`.")
          @Nullable
          Path archive,
      @Option(
              names = "--starts",
              paramLabel = "N",
              defaultValue = "5",
              description = "How often it is started (default: ${DEFAULT-VALUE}).")
          int starts)
      throws IOException, InterruptedException {
    if (starts < 1 || starts > WorkerBenchmark.MAX_STARTS) {
      throw usage(
          "expected --starts from 1 to %d, found %d.".formatted(WorkerBenchmark.MAX_STARTS, starts),
          "worker");
    }
    if (archive != null && !Files.isRegularFile(archive)) {
      throw usage("there is no archive %s.".formatted(archive), "worker");
    }
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var benchmark = new WorkerBenchmark(Installation.current(), home, starts, archive);
      return new Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }

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
  int crowd(
      @Option(
              names = "--workers",
              paramLabel = "N",
              defaultValue = "2000",
              description = "Workers (default: ${DEFAULT-VALUE}).")
          int workers)
      throws IOException, InterruptedException {
    if (workers < 1 || workers > CrowdBenchmark.MAX_WORKERS) {
      throw usage(
          "expected --workers from 1 to %d, found %d."
              .formatted(CrowdBenchmark.MAX_WORKERS, workers),
          "crowd");
    }
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var benchmark = new CrowdBenchmark(Installation.current(), home, workers);
      return new Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }

  @Command(
      name = "sandbox",
      description = {
        "Run apps that do nothing, as many as fit in the time: WASM in warm runners, and a native",
        "program in bubblewrap. Then the same program with one wall more each time."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ruche bench sandbox --runs 1000", "  ruche bench sandbox --slots 4 --output json"
      })
  int sandbox(
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Runs of each kind (default: ${DEFAULT-VALUE}).")
          int runs,
      @Option(
              names = "--slots",
              paramLabel = "N",
              defaultValue = "2",
              description = "Runs at the same time (default: ${DEFAULT-VALUE}).")
          int slots)
      throws IOException, InterruptedException {
    if (runs < 10 || runs > SandboxBenchmark.MAX_RUNS || slots < 1 || slots > 64) {
      throw usage(
          "expected --runs from 10 to %d and --slots from 1 to 64, found %d and %d."
              .formatted(SandboxBenchmark.MAX_RUNS, runs, slots),
          "sandbox");
    }
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var benchmark =
          new SandboxBenchmark(Installation.current(), home.folder().toRealPath(), runs, slots);
      return new Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }

  @Command(
      name = "engine",
      description = {
        "Run the engine of a pool alone, on one processor: whole lives of tasks that do nothing,",
        "with a chain and machines that answer at once, for ever more machines and waiting tasks."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ruche bench engine", "  ruche bench engine --tasks 200000 --output json"})
  int engine(
      @Option(
              names = "--tasks",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Tasks in each repetition (default: ${DEFAULT-VALUE}).")
          int tasks) {
    if (tasks < 1_000 || tasks > EngineBenchmark.MAX_TASKS) {
      throw usage(
          "expected --tasks from 1000 to %d, found %d.".formatted(EngineBenchmark.MAX_TASKS, tasks),
          "engine");
    }
    var report = new EngineBenchmark(tasks).run(new Progress(session));
    session.answer(report.answer());
    return ExitCode.OK;
  }

  @Command(
      name = "link",
      description = {
        "Run tasks that do nothing through server, socket and worker: one bag, then one at a time.",
        "Journals are synced, modules run in the sandbox; the chain alone is in memory."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ruche bench link", "  ruche bench link --tasks 20000 --slots 4 --output json"})
  int link(
      @Option(
              names = "--tasks",
              paramLabel = "N",
              defaultValue = "2000",
              description = "Tasks in the bag (default: ${DEFAULT-VALUE}).")
          int tasks,
      @Option(
              names = "--single",
              paramLabel = "N",
              defaultValue = "500",
              description = "Tasks one at a time (default: ${DEFAULT-VALUE}).")
          int single,
      @Option(
              names = "--slots",
              paramLabel = "N",
              defaultValue = "2",
              description = "Slots of the worker (default: ${DEFAULT-VALUE}).")
          int slots)
      throws IOException, InterruptedException {
    if (!LinkBenchmark.isSize(tasks, single, slots)) {
      throw usage(
          "expected --tasks and --single from 1 to %d and --slots from 1 to %d, found %d, %d and %d."
              .formatted(LinkBenchmark.MAX_TASKS, LinkBenchmark.MAX_SLOTS, tasks, single, slots),
          "link");
    }
    var progress = new Progress(session);
    var module = Installation.current().examples().resolve("noop/build/noop.wasm");
    return inTemporaryHome(home -> {
      var folder = home.create().folder().toRealPath();
      var report = new LinkBenchmark(module, folder, tasks, single, slots).run(progress);
      return new Outcome(report.answer(), ExitCode.OK);
    });
  }

  @Command(
      name = "wasm",
      description = {
        "Run four kernels as compiled C, on V8, and as apps in this machine's sandbox, one after",
        "another. Every way must come to the same result. What is not installed is left out."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche bench wasm                                 medians of five runs",
        "  ruche bench wasm --runs 11 --output json         steadier, for a program"
      })
  int wasm(
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "5",
              description = "Runs of each that are measured (default: ${DEFAULT-VALUE}).")
          int runs,
      @Option(
              names = "--wasmtime-library",
              paramLabel = "FILE",
              description = "libwasmtime.so to use (default: as a worker finds it).")
          @Nullable
          Path library)
      throws IOException, InterruptedException {
    if (runs < 1 || runs > MAX_RUNS) {
      throw usage("expected 1 to %d runs, found %d.".formatted(MAX_RUNS, runs), "wasm");
    }
    var progress = new Progress(session);
    return inTemporaryHome(home -> {
      var kernels = Installation.current().examples().resolve("kernels");
      var scratch = home.create().folder().toRealPath();
      var report = new WasmBenchmark(kernels, scratch, runs).run(library, progress);
      return new Outcome(report.answer(), ExitCode.OK);
    });
  }

  record Outcome(Answer answer, int exitCode) {}

  interface Benchmark {
    Outcome run(Home home) throws IOException, InterruptedException;
  }

  /** The home is removed after a run, and kept with its logs when the run fails. */
  int inTemporaryHome(Benchmark benchmark) throws IOException, InterruptedException {
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

  static RucheException usage(String message, String verb) {
    return new RucheException(
        "USAGE", message, "See `ruche bench %s --help`.".formatted(verb), false);
  }
}
