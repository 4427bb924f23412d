package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures tasks through server, socket and worker, with a chain in memory. */
@Command(
    name = "link",
    description = {
      "Run tasks that do nothing through server, socket and worker: one bag, then one at a time.",
      "Journals are synced, modules run in the sandbox; the chain alone is in memory."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ruche bench link", "  ruche bench link --tasks 20000 --slots 4 --output json"})
final class LinkCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Tasks in the bag (default: ${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--single",
      paramLabel = "N",
      defaultValue = "500",
      description = "Tasks one at a time (default: ${DEFAULT-VALUE}).")
  private int single;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "Slots of the worker (default: ${DEFAULT-VALUE}).")
  private int slots;

  LinkCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!LinkBenchmark.isSize(tasks, single, slots)) {
      throw Usage.error(
          "expected --tasks and --single from 1 to %d and --slots from 1 to %d, found %d, %d and %d."
              .formatted(LinkBenchmark.MAX_TASKS, LinkBenchmark.MAX_SLOTS, tasks, single, slots),
          "link");
    }
    var progress = new Progress(session);
    var module = Installation.current().examples().resolve("noop/build/noop.wasm");
    return new BenchmarkHome(session).run(home -> {
      var folder = home.create().folder().toRealPath();
      var report = new LinkBenchmark(module, folder, tasks, single, slots).run(progress);
      return new BenchmarkHome.Outcome(report.answer(), ExitCode.OK);
    });
  }
}
