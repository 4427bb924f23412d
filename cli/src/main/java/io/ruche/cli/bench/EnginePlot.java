package io.ruche.cli.bench;

import io.ruche.cli.output.SvgDrawing;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * What a task costs the engine, in microseconds, against the machines of the pool and against the
 * tasks that wait, as an SVG of two charts. Sizes are on a logarithmic scale, costs on one from
 * zero, the same for both charts.
 */
final class EnginePlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int TOP = 84;
  private static final int BOTTOM = 58;
  private static final int LEFT = 70;
  private static final int CHART_WIDTH = 290;
  private static final int SECOND_LEFT = 430;
  private static final int GRID_LINES = 5;

  private final SvgDrawing svg = new SvgDrawing(WIDTH, HEIGHT);
  private final double step;

  private EnginePlot(EngineReport report) {
    double largest =
        report.lines().stream().mapToDouble(EngineReport.Line::micros).max().orElse(1);
    step = Math.max(1, Math.ceil(largest / GRID_LINES));
  }

  /** The whole SVG document of a report with a line at least. */
  static String svg(EngineReport report) {
    return new EnginePlot(report).draw(report);
  }

  private String draw(EngineReport report) {
    svg.title(LEFT, 28, "What a task costs a pool's engine");
    var subtitle = "microseconds of one processor, medians of %d times %,d tasks"
        .formatted(report.lines().getFirst().perSecond().sorted().size(), report.tasks());
    svg.text(LEFT, 47, "start", "", subtitle);
    chart(LEFT, "machines of the pool", report.byWorkers(), EngineReport.Line::workers);
    chart(SECOND_LEFT, "tasks that wait", report.byQueue(), EngineReport.Line::queued);
    return svg.document();
  }

  private void chart(
      int left,
      String label,
      List<EngineReport.Line> lines,
      ToIntFunction<EngineReport.Line> size) {
    var sorted = lines.stream().sorted(Comparator.comparingInt(size)).toList();
    double least = Math.log10(size.applyAsInt(sorted.getFirst()));
    double span = Math.max(1, Math.log10(size.applyAsInt(sorted.getLast())) - least);
    for (int i = 0; i <= GRID_LINES; i++) {
      svg.gridLine(left, left + CHART_WIDTH, y(i * step));
      svg.text(left - 8, y(i * step) + 4, "end", "", String.format(Locale.ROOT, "%.0f", i * step));
    }
    double[] x = sorted.stream()
        .mapToDouble(
            line -> left + CHART_WIDTH * (Math.log10(size.applyAsInt(line)) - least) / span)
        .toArray();
    double[] y = sorted.stream().mapToDouble(line -> y(line.micros())).toArray();
    svg.line(x, y, "#1a73e8");
    for (int i = 0; i < x.length; i++) {
      var number = String.format(Locale.ROOT, "%,d", size.applyAsInt(sorted.get(i)));
      svg.text(x[i], HEIGHT - BOTTOM + 20, "middle", "", number);
    }
    double middle = left + CHART_WIDTH / 2.0;
    svg.text(middle, HEIGHT - 14, "middle", "fill=\"#5f6368\"", label);
  }

  private double y(double micros) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * micros / (step * GRID_LINES);
  }
}
