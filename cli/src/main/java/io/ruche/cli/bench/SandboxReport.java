package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs that do nothing cost.
 *
 * @param rates of many runs at the same time
 * @param steps of runs one after another, each step with one wall more than the one before
 */
record SandboxReport(int runs, int slots, List<Rate> rates, List<Step> steps) {
  /**
   * Many runs.
   *
   * @param perSecond NaN where this machine has no such sandbox; then {@code what} says why
   * @param ownMillis processor time of this process for each run; NaN when it was not measured
   * @param runnersMillis that of the processes that stay
   */
  record Rate(String what, double perSecond, double ownMillis, double runnersMillis) {
    Rate(String what, double perSecond) {
      this(what, perSecond, Double.NaN, Double.NaN);
    }

    static Rate of(String what, double perSecond, ProcessorTime used, int runs) {
      return new Rate(
          what,
          perSecond,
          (double) used.own().toMillis() / runs,
          (double) used.children().toMillis() / runs);
    }
  }

  /** In milliseconds, from start to end of the run. */
  record Step(String what, Sample millis) {}

  Answer answer() {
    var json = JsonNodeFactory.instance.objectNode().put("runs", runs).put("slots", slots);
    var jsonRates = json.putArray("rates");
    var jsonSteps = json.putArray("steps");
    var rows = new ArrayList<List<Cell>>();
    for (var rate : rates) {
      var jsonRate = jsonRates.addObject().put("what", rate.what());
      put(jsonRate, "perSecond", rate.perSecond());
      put(jsonRate, "ownProcessorMillis", rate.ownMillis());
      put(jsonRate, "runnersProcessorMillis", rate.runnersMillis());
      rows.add(List.of(
          Cell.of(rate.what()),
          cell("%.0f", rate.perSecond()),
          cell("%.2f", rate.ownMillis()),
          cell("%.2f", rate.runnersMillis())));
    }
    var stepRows = new ArrayList<List<Cell>>();
    double before = 0;
    for (var step : steps) {
      step.millis().putIn(jsonSteps.addObject().put("what", step.what()), "millis");
      double median = step.millis().median();
      stepRows.add(List.of(
          Cell.of(step.what()),
          Cell.of("%.2f".formatted(median)),
          Cell.of("%+.2f".formatted(median - before))));
      before = median;
    }
    return new Answer(
        json,
        List.of(
            Fields.of(Fields.field("runs", "%d of each kind, %d at once".formatted(runs, slots))),
            new Table(
                List.of(
                    "RUNS THAT DO NOTHING",
                    "PER SECOND",
                    "PROCESSOR TIME EACH (ms)",
                    "OF RUNNERS (ms)"),
                rows),
            new Table(List.of("ONE AFTER ANOTHER", "MEDIAN (ms)", "MORE"), stepRows)),
        List.of());
  }

  /** Null where nothing was measured: JSON knows no NaN. */
  private static void put(ObjectNode node, String name, double value) {
    node.put(name, Double.isNaN(value) ? null : (Double) value);
  }

  private static Cell cell(String format, double value) {
    return Cell.of(Double.isNaN(value) ? "-" : format.formatted(value));
  }
}
