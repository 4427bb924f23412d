package io.ruche.cli.bench;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how soon a contract is answered. */
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
final class CallCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "100",
      description = "Calls that are measured (default: ${DEFAULT-VALUE}).")
  private int calls;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Workers, one process each (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(names = "--open", description = "Leave the calls open for any pool (the default).")
  private boolean isOpen;

  @Option(names = "--offers", description = "Hand an app's and a pool's offer in.")
  private boolean isOffers;

  CallCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (isOpen && isOffers) {
      throw Usage.error("expected --open or --offers, found both.", "call");
    }
    var way = isOffers ? Calls.Way.OFFERS : Calls.Way.OPEN;
    var wanted = Usage.valid(() -> new Calls(calls, workers, way), "call");
    var progress = new Progress(session);
    return new BenchmarkHome(session).run(home -> {
      var benchmark = new CallBenchmark(wanted, Installation.current(), home, session.clock());
      return new BenchmarkHome.Outcome(benchmark.run(progress).answer(), ExitCode.OK);
    });
  }
}
