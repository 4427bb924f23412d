package io.ruche.cli.simulate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.certify.lab.Experiment;
import io.ruche.certify.lab.Report;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the methods did, side by side. */
record SimulationReport(Experiment experiment, List<Report> reports) {

  Answer answer() {
    return new Answer(
        toJson(),
        List.of(setting(), table(), plot()),
        reports.stream().map(Report::label).toList());
  }

  private Fields setting() {
    var who = experiment.population();
    return Fields.of(
        Fields.field("seed", experiment.seed()),
        Fields.field("tasks", experiment.tasks()),
        Fields.field(
            "workers",
            "%d, of whom %s lie in %s of their runs%s, %s"
                .formatted(
                    who.workers(),
                    percent(who.liars()),
                    percent(who.lieRate()),
                    who.honestRuns() == 0 ? "" : " after %d good ones".formatted(who.honestRuns()),
                    who.isColluding() ? "all with the same result" : "each with its own")),
        Fields.field(
            "units",
            "copies, checks and RUC for each accepted result; waits in times of one run;"
                + " income in RUC for each run"));
  }

  private Table table() {
    var rows = new ArrayList<List<Cell>>();
    for (var report : reports) {
      rows.add(List.of(
          Cell.of(report.label()),
          Cell.of(percent(report.errorRate())),
          number(report.copies()),
          number(report.costPerResult()),
          number(report.meanWait()),
          number(report.longWait()),
          number(report.honestIncome()),
          number(report.liarIncome()),
          Cell.of(report.liarsBanned() + "+" + report.honestBanned()),
          Cell.of(report.unfinished())));
    }
    return new Table(
        List.of(
            "METHOD", "ERROR", "COPIES", "RUC", "WAIT", "95 %", "HONEST", "LIARS", "BANNED",
            "OPEN"),
        rows);
  }

  private Table plot() {
    double top = reports.stream().mapToDouble(SimulationReport::highest).max().orElse(0);
    var rows = new ArrayList<List<Cell>>();
    for (var report : reports) {
      var values = report.errors().stream()
          .map(error -> String.format(Locale.ROOT, "%.6f", error))
          .collect(Collectors.joining(","));
      rows.add(List.of(
          Cell.of(report.label()),
          new Cell(Sparkline.of(report.errors(), top), values),
          Cell.of(percent(highest(report))),
          Cell.of(percent(report.errors().isEmpty() ? 0 : report.errors().getLast()))));
    }
    return new Table(
        List.of("METHOD", "ERROR FROM FIRST TO LAST TASK, ONE SCALE", "HIGHEST", "LAST"), rows);
  }

  private static double highest(Report report) {
    return report.errors().stream().mapToDouble(error -> error).max().orElse(0);
  }

  private ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("seed", experiment.seed());
    json.put("tasks", experiment.tasks());
    json.put("load", experiment.load());
    json.put("priceRuc", experiment.price());
    json.put("stakeRuc", experiment.stake());
    var who = experiment.population();
    json.putObject("population")
        .put("workers", who.workers())
        .put("liars", who.liars())
        .put("lieRate", who.lieRate())
        .put("colluding", who.isColluding())
        .put("honestRuns", who.honestRuns())
        .put("churn", who.churn())
        .put("newNames", who.isComingBack());
    var methods = json.putArray("methods");
    reports.forEach(report -> methods.add(toJson(report)));
    return json;
  }

  private static ObjectNode toJson(Report report) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("method", report.label())
        .put("errorRate", report.errorRate())
        .put("accepted", report.accepted())
        .put("wrong", report.wrong())
        .put("unfinished", report.unfinished())
        .put("runs", report.runs())
        .put("checks", report.checks())
        .put("copies", report.copies())
        .put("costPerResultRuc", report.costPerResult())
        .put("meanWait", report.meanWait())
        .put("wait95", report.longWait())
        .put("honestIncomePerRunRuc", report.honestIncome())
        .put("liarIncomePerRunRuc", report.liarIncome())
        .put("liarsBanned", report.liarsBanned())
        .put("honestBanned", report.honestBanned());
    var errors = json.putArray("errors");
    report.errors().forEach(errors::add);
    return json;
  }

  private static String percent(double fraction) {
    var digits = fraction >= 0.1 ? "%.1f %%" : "%.2f %%";
    return String.format(Locale.ROOT, digits, fraction * 100);
  }

  private static Cell number(double value) {
    return Cell.of(String.format(Locale.ROOT, "%.2f", value));
  }
}
