package io.ruche.cli.demo;

import io.ruche.cli.output.SvgDrawing;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws loss against horizon as an SVG. */
final class RiskPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final int LEFT = 70;
  private static final int RIGHT = 150;
  private static final int TOP = 64;
  private static final int BOTTOM = 58;
  private static final double GRID_STEP = 0.1;

  private static final List<Series> SERIES = List.of(
      new Series("ES 99 %", "#b3261e", RiskEstimate::es99),
      new Series("VaR 99 %", "#e8710a", RiskEstimate::var99),
      new Series("ES 95 %", "#1a73e8", RiskEstimate::es95),
      new Series("VaR 95 %", "#188038", RiskEstimate::var95));

  private record Series(String name, String colour, ToDoubleFunction<RiskEstimate> value) {}

  private final List<RiskEstimate> estimates;
  private final double highest;

  private RiskPlot(List<RiskEstimate> estimates) {
    this.estimates = estimates.stream()
        .sorted(Comparator.comparingInt(RiskEstimate::horizonDays))
        .toList();
    double largest = estimates.stream().mapToDouble(RiskEstimate::es99).max().orElse(GRID_STEP);
    this.highest = Math.ceil(Math.max(largest, GRID_STEP) / GRID_STEP) * GRID_STEP;
  }

  /**
   * The whole SVG document.
   *
   * @throws IllegalArgumentException when there is nothing to draw
   */
  static String svg(String title, String subtitle, List<RiskEstimate> estimates) {
    if (estimates.isEmpty()) {
      throw new IllegalArgumentException("expected at least one estimate to plot, found none");
    }
    return new RiskPlot(estimates).draw(title, subtitle);
  }

  private String draw(String title, String subtitle) {
    var svg = new SvgDrawing(WIDTH, HEIGHT);
    svg.title(LEFT, 28, title);
    svg.text(LEFT, 47, "start", "", subtitle);
    drawGrid(svg);
    drawHorizons(svg);
    double labelAbove = Double.NEGATIVE_INFINITY;
    for (var series : SERIES) {
      labelAbove = drawSeries(svg, series, labelAbove);
    }
    return svg.document();
  }

  private void drawGrid(SvgDrawing svg) {
    int steps = (int) Math.round(highest / GRID_STEP);
    for (int step = 0; step <= steps; step++) {
      double value = step * GRID_STEP;
      svg.gridLine(LEFT, WIDTH - RIGHT, y(value));
      svg.text(LEFT - 8, y(value) + 4, "end", "", Math.round(value * 100) + " %");
    }
    svg.text(LEFT - 50, TOP - 12, "start", "fill=\"#5f6368\"", "loss");
  }

  private void drawHorizons(SvgDrawing svg) {
    for (int i = 0; i < estimates.size(); i++) {
      var days = Integer.toString(estimates.get(i).horizonDays());
      svg.text(x(i), HEIGHT - BOTTOM + 20, "middle", "", days);
    }
    var label = "horizon, trading days (not to scale)";
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "fill=\"#5f6368\"", label);
  }

  /** Draws the line and its label, no nearer than 15 to the label above; gives the label's y. */
  private double drawSeries(SvgDrawing svg, Series series, double labelAbove) {
    double[] values = estimates.stream().mapToDouble(series.value()).toArray();
    svg.line(
        IntStream.range(0, values.length).mapToDouble(this::x).toArray(),
        Arrays.stream(values).map(this::y).toArray(),
        series.colour());
    double labelAt = Math.max(y(values[values.length - 1]) + 4, labelAbove + 15);
    var style = "fill=\"%s\" font-weight=\"bold\"".formatted(series.colour());
    svg.text(x(values.length - 1) + 12, labelAt, "start", style, series.name());
    return labelAt;
  }

  private double x(int i) {
    double width = WIDTH - LEFT - RIGHT;
    return estimates.size() == 1
        ? LEFT + width / 2
        : LEFT + 14 + (width - 28) * i / (estimates.size() - 1);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.max(value, 0) / highest;
  }
}
