package io.ruche.cli.node;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this machine as a worker would use it. */
@Command(
    name = "measure",
    description = {
      "Measure this machine: speed in the sandbox, memory, disk, way to a pool.",
      "The modules that are run are always the same, so figures of machines compare."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche worker measure                                     some seconds",
      "  ruche worker measure --pool https://pool.example.org -o json"
    })
public final class MeasureCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--pool", paramLabel = "URL", description = "Also ask this pool a few times.")
  @Nullable
  URI pool;

  public MeasureCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    var figures = MachineFigures.measure(
        session.home().create().folder(),
        pool,
        new ProgressBar(session, "measuring")::show,
        session.clock().instant());
    session.answer(new Answer(
        figures.toJson(),
        List.of(figures.fields()),
        List.of(String.valueOf(figures.speed().amount()))));
    return ExitCode.OK;
  }
}
