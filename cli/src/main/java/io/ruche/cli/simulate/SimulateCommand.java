package io.ruche.cli.simulate;

import io.ruche.certify.lab.Contender;
import io.ruche.certify.lab.Experiment;
import io.ruche.certify.lab.Laboratory;
import io.ruche.certify.lab.Report;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.ProgressBar;
import io.ruche.core.RucheException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares ways to certify results, in simulated time. */
@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Play ways to certify results against workers that lie, and compare them.",
      "Errors, copies, cost, waiting and income are explained in docs/certification.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche simulate --liars 0.1 --lie-rate 0.5            few liars, that lie half the time",
      "  ruche simulate --behave 60                           behave until trusted, then lie",
      "  ruche simulate --methods poco,credibility --trust 10 --seed 7 -o json"
    })
public final class SimulateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin
  PopulationOptions population = new PopulationOptions();

  @Mixin
  MethodOptions methods = new MethodOptions();

  @Option(
      names = "--tasks",
      paramLabel = "N",
      order = 10,
      defaultValue = "20000",
      description = "Tasks (default: ${DEFAULT-VALUE}).")
  int tasks;

  @Option(
      names = "--load",
      paramLabel = "P",
      order = 11,
      defaultValue = "0.1",
      description =
          "Share of the workers' time, were each task run once (default: ${DEFAULT-VALUE}).")
  double load;

  @Option(
      names = "--price",
      paramLabel = "RUC",
      order = 12,
      defaultValue = "1",
      description = "For a run that is paid (default: ${DEFAULT-VALUE}).")
  double price;

  @Option(
      names = "--stake",
      paramLabel = "RUC",
      order = 13,
      defaultValue = "0.3",
      description = "Lost by who is outvoted on chain (default: ${DEFAULT-VALUE}).")
  double stake;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 30,
      description = "Repeats a run exactly (default: another one each time; it is printed).")
  @Nullable
  Long seed;

  public SimulateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var experiment = experiment();
    var contenders = contenders();
    var bar = new ProgressBar(session.printer(), "simulating");
    double all = (double) tasks * contenders.size();
    var reports = new ArrayList<Report>();
    for (var contender : contenders) {
      double before = (double) tasks * reports.size();
      reports.add(
          Laboratory.run(experiment, contender, arrived -> bar.show((before + arrived) / all)));
    }
    session.answer(new SimulationReport(experiment, reports).answer());
    return ExitCode.OK;
  }

  private Experiment experiment() {
    long chosen = seed == null ? session.clock().millis() : seed;
    try {
      return new Experiment(population.population(), tasks, load, price, stake, chosen);
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
  }

  private List<Contender> contenders() {
    try {
      return methods.contenders();
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
  }

  private static RucheException usage(IllegalArgumentException problem) {
    return new RucheException(
        "USAGE", problem.getMessage() + ".", "See `ruche simulate --help`.", false);
  }
}
