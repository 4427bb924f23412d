package io.ruche.cli.bench;

import io.ruche.cli.Installation;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.settings.Home;
import io.ruche.cli.settings.TemporaryHome;
import io.ruche.core.RucheException;
import java.io.IOException;

/** Runs a benchmark in a home of its own, and answers with what it found. */
final class BenchmarkHome {
  private final Session session;

  BenchmarkHome(Session session) {
    this.session = session;
  }

  /** What a benchmark found. */
  record Outcome(Answer answer, int exitCode) {}

  /** One that needs a home. */
  interface Benchmark {
    Outcome run(Home home) throws IOException, InterruptedException;
  }

  /** The home is removed after a run, and kept with its logs when the run fails. */
  int run(Benchmark benchmark) throws IOException, InterruptedException {
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
}
