package io.ruche.cli.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The results of all tasks merged into one table and one plot. */
final class RiskReport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RESULT_FILE = "risk.json";

  private final List<RiskEstimate> estimates;

  private RiskReport(List<RiskEstimate> estimates) {
    this.estimates = estimates;
  }

  /** Merges verified result folders. */
  static RiskReport read(List<Path> folders) throws IOException {
    var estimates = new ArrayList<RiskEstimate>();
    for (var folder : folders) {
      var json = JSON.readTree(Files.readString(folder.resolve(RESULT_FILE)));
      estimates.add(RiskEstimate.read(json));
    }
    estimates.sort(Comparator.comparingInt(RiskEstimate::horizonDays));
    return new RiskReport(List.copyOf(estimates));
  }

  Table table() {
    var rows = new ArrayList<List<Cell>>();
    for (var one : estimates) {
      rows.add(List.of(
          Cell.of(one.horizonDays()),
          Cell.of(percent(one.var95())),
          Cell.of(percent(one.es95())),
          Cell.of(percent(one.var99())),
          Cell.of(percent(one.es99()))));
    }
    return new Table(List.of("DAYS", "VaR 95 %", "ES 95 %", "VaR 99 %", "ES 99 %"), rows);
  }

  /** Writes {@code risk.csv} and {@code risk.svg}; returns the plot's file. */
  Path write(Path folder) throws IOException {
    var csv = new StringBuilder("horizonDays,paths,var95,es95,var99,es99\n");
    for (var one : estimates) {
      csv.append("%d,%d,%s,%s,%s,%s%n"
          .formatted(
              one.horizonDays(), one.paths(), one.var95(), one.es95(), one.var99(), one.es99()));
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("risk.csv"), csv);
    var plot = folder.resolve("risk.svg");
    var subtitle =
        "resampled daily returns since 2000, up to %,d paths a horizon; every point certified by vote"
            .formatted(estimates.stream().mapToLong(RiskEstimate::paths).max().orElseThrow());
    Files.writeString(plot, RiskPlot.svg("What the S&P 500 may lose", subtitle, estimates));
    return plot;
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", fraction * 100);
  }
}
