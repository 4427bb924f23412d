package io.ruche.cli.output;

import java.util.Locale;

/**
 * An SVG document that grows. Written by hand because a chart library needs the desktop parts of
 * Java and the system's fonts, which a server seldom has. Coordinates are in pixels from the upper
 * left corner.
 */
public final class SvgDrawing {
  private final StringBuilder svg = new StringBuilder();

  /** A white page. */
  public SvgDrawing(int width, int height) {
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\" fill=\"#3c4043\">\n")
            .formatted(width, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  /** The headline of the page. */
  public void title(double x, double y, String content) {
    text(x, y, "start", "font-size=\"17\" font-weight=\"bold\" fill=\"#202124\"", content);
  }

  /**
   * Text that may hold any character.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: which point of it lies at x
   * @param style further attributes of the element
   */
  public void text(double x, double y, String anchor, String style, String content) {
    var escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    svg.append(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>".formatted(at(x), at(y), anchor, style))
        .append(escaped)
        .append("</text>\n");
  }

  /** A level line of the grid. */
  public void gridLine(double left, double right, double y) {
    svg.append("<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\" stroke=\"#e0e3e7\"/>\n"
        .formatted(at(left), at(right), at(y), at(y)));
  }

  /** A line through points, each of which gets a dot; both arrays are as long. */
  public void line(double[] x, double[] y, String colour) {
    var points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(at(x[i])).append(',').append(at(y[i])).append(' ');
      svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>\n"
          .formatted(at(x[i]), at(y[i]), colour));
    }
    svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
        .formatted(points.toString().strip(), colour));
  }

  /** The document so far, complete. */
  public String document() {
    return svg + "</svg>\n";
  }

  /** Always with a decimal point, whatever the machine's language. */
  private static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
