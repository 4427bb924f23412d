package io.ruche.cli.simulate;

import java.util.List;

/** A plot of one line: a block for each value, as high as its part of the largest. */
final class Sparkline {
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * The plot; a value above 0 is never drawn as nothing.
   *
   * @param top the value of a full block; of several lines, the same for all
   */
  static String of(List<Double> values, double top) {
    var line = new StringBuilder();
    for (double value : values) {
      int height = top <= 0 ? 0 : (int) Math.ceil(value / top * (BLOCKS.length() - 1));
      line.append(BLOCKS.charAt(Math.clamp(height, 0, BLOCKS.length() - 1)));
    }
    return line.toString();
  }
}
