package io.ruche.cli.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.agent.availability.StatusFile;
import io.ruche.agent.availability.Tally;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Durations;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How workers stand, what they did and what they earned. */
final class WorkerStatus {
  private static final String UNKNOWN = "-";

  private final Session session;

  WorkerStatus(Session session) {
    this.session = session;
  }

  int answer(List<WorkerControl.Worker> workers) {
    var json = JsonNodeFactory.instance.arrayNode();
    var rows = new ArrayList<List<Cell>>();
    var notes = new ArrayList<List<Cell>>();
    for (var worker : workers) {
      var object = json.addObject().put("worker", worker.name()).put("state", worker.state());
      worker
          .status()
          .ifPresentOrElse(
              status -> add(worker, status, object, rows, notes),
              () -> rows.add(List.of(
                  Cell.of(worker.name()),
                  Cell.of(worker.state()),
                  Cell.of(""),
                  Cell.of(""),
                  Cell.of(""),
                  Cell.of(""),
                  Cell.of(""),
                  Cell.of(""))));
    }
    var sections = new ArrayList<Section>();
    sections.add(new Table(
        List.of("WORKER", "STATE", "SINCE", "TASKS", "PAID", "FAILED", "RUC/H", "RUC/KWH"), rows));
    if (!notes.isEmpty()) {
      sections.add(new Table(List.of("WORKER", "NOTE"), notes));
    }
    session.answer(new Answer(
        json, sections, workers.stream().map(WorkerControl.Worker::name).toList()));
    return ExitCode.OK;
  }

  private void add(
      WorkerControl.Worker worker,
      StatusFile.Status status,
      ObjectNode json,
      List<List<Cell>> rows,
      List<List<Cell>> notes) {
    var now = session.clock().instant();
    var outlook = status.outlook();
    json.put("since", outlook.since().toString())
        .put("tasks", status.tasks())
        .put("why", outlook.why());
    var row = new ArrayList<>(List.of(
        Cell.of(worker.name()),
        Cell.of(worker.state()),
        Cell.time(outlook.since(), now),
        Cell.of(status.tasks())));
    var tally = status.tally();
    if (tally == null) {
      row.addAll(List.of(Cell.of(UNKNOWN), Cell.of(UNKNOWN), Cell.of(UNKNOWN), Cell.of(UNKNOWN)));
    } else {
      addTally(tally, json);
      row.add(Cell.of(tally.paid()));
      row.add(Cell.of(tally.failed()));
      var earned = Earnings.find(session, worker.folder(), tally.since());
      row.add(Cell.of(earned.map(found -> found.perHour().toString()).orElse(UNKNOWN)));
      double watts = watts(status, tally, Duration.between(tally.since(), now));
      var perKilowattHour = earned.flatMap(found -> found.perKilowattHour(watts));
      row.add(Cell.of(perKilowattHour.map(Object::toString).orElse(UNKNOWN)));
      earned.ifPresent(found -> {
        json.put("rewards", found.rewards().toString())
            .put("rewardsOverSeconds", found.span().toSeconds())
            .put("rewardsPerHour", found.perHour().toString());
        notes.add(note(
            worker,
            "earned %s RUC in the last %s"
                .formatted(found.rewards(), Durations.brief(found.span()))));
      });
      perKilowattHour.ifPresent(found -> json.put("rewardsPerKilowattHour", found.toString()));
      if (!tally.failures().isEmpty()) {
        notes.add(note(worker, "failed runs: " + failures(tally.failures())));
      }
    }
    rows.add(List.copyOf(row));
    if (!outlook.why().isEmpty()) {
      notes.add(note(worker, outlook.why()));
    }
  }

  /** On average since the worker is counted: runs that fill all slots draw all that was said. */
  private static double watts(StatusFile.Status status, Tally tally, Duration counted) {
    double busy =
        tally.runMillis() / (double) Math.max(1, status.slots()) / Math.max(1, counted.toMillis());
    return status.powerWatts() * Math.min(1, busy);
  }

  private static void addTally(Tally tally, ObjectNode json) {
    var failures = json.put("countedSince", tally.since().toString())
        .put("paid", tally.paid())
        .put("runMillis", tally.runMillis())
        .putObject("failures");
    new TreeMap<>(tally.failures()).forEach((code, count) -> failures.put(code.name(), count));
  }

  private static String failures(Map<FailureCode, Long> failures) {
    return String.join(
        ", ",
        new TreeMap<>(failures)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
  }

  private static List<Cell> note(WorkerControl.Worker worker, String text) {
    return List.of(Cell.of(worker.name()), Cell.of(text));
  }
}
