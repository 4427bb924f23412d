package io.ruche.cli.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws loss against horizon as an SVG. Written by hand because a chart library needs the desktop
 * parts of Java and the system's fonts, which a server seldom has.
 */
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
    var svg = new StringBuilder();
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\" fill=\"#3c4043\">\n")
            .formatted(WIDTH, HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    text(svg, LEFT, 28, "start", "font-size=\"17\" font-weight=\"bold\" fill=\"#202124\"", title);
    text(svg, LEFT, 47, "start", "", subtitle);
    drawGrid(svg);
    drawHorizons(svg);
    double labelAbove = Double.NEGATIVE_INFINITY;
    for (var series : SERIES) {
      labelAbove = drawSeries(svg, series, labelAbove);
    }
    return svg.append("</svg>\n").toString();
  }

  private void drawGrid(StringBuilder svg) {
    int steps = (int) Math.round(highest / GRID_STEP);
    for (int step = 0; step <= steps; step++) {
      double value = step * GRID_STEP;
      svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"#e0e3e7\"/>\n"
          .formatted(LEFT, WIDTH - RIGHT, at(y(value)), at(y(value))));
      text(svg, LEFT - 8, y(value) + 4, "end", "", Math.round(value * 100) + " %");
    }
    text(svg, LEFT - 50, TOP - 12, "start", "fill=\"#5f6368\"", "loss");
  }

  private void drawHorizons(StringBuilder svg) {
    for (int i = 0; i < estimates.size(); i++) {
      var days = Integer.toString(estimates.get(i).horizonDays());
      text(svg, x(i), HEIGHT - BOTTOM + 20, "middle", "", days);
    }
    var label = "horizon, trading days (not to scale)";
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "fill=\"#5f6368\"", label);
  }

  /** Draws the line and its label, no nearer than 15 to the label above; gives the label's y. */
  private double drawSeries(StringBuilder svg, Series series, double labelAbove) {
    var points = new StringBuilder();
    for (int i = 0; i < estimates.size(); i++) {
      double top = y(series.value().applyAsDouble(estimates.get(i)));
      points.append(at(x(i))).append(',').append(at(top)).append(' ');
      svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n"
          .formatted(at(x(i)), at(top), series.colour()));
    }
    svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
        .formatted(points.toString().strip(), series.colour()));
    double last = y(series.value().applyAsDouble(estimates.getLast())) + 4;
    double labelAt = Math.max(last, labelAbove + 15);
    var style = "fill=\"%s\" font-weight=\"bold\"".formatted(series.colour());
    text(svg, x(estimates.size() - 1) + 12, labelAt, "start", style, series.name());
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

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String style, String content) {
    var escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    svg.append(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>".formatted(at(x), at(y), anchor, style))
        .append(escaped)
        .append("</text>\n");
  }

  /** A coordinate; always with a decimal point, whatever the machine's language. */
  private static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
