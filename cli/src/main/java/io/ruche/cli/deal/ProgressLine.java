package io.ruche.cli.deal;

import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Printer;

/**
 * How far a long piece of work is: a bar that is drawn over on a terminal, else a line whenever
 * something changed. Machines are spared.
 */
final class ProgressLine {
  private static final int BAR_WIDTH = 24;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Printer printer;
  private String shown = "";

  ProgressLine(Printer printer) {
    this.printer = printer;
  }

  void show(int total, int done, String sentence) {
    if (printer.format() != OutputFormat.table || sentence.equals(shown)) {
      return;
    }
    shown = sentence;
    var err = printer.screen().err();
    if (printer.screen().isErrTerminal()) {
      err.print(CLEAR_LINE + bar(total, done) + " " + sentence);
      err.flush();
    } else {
      err.println(sentence);
    }
  }

  void end() {
    if (!shown.isEmpty() && printer.screen().isErrTerminal()) {
      printer.screen().err().println();
    }
  }

  private static String bar(int total, int done) {
    int filled = total == 0 ? BAR_WIDTH : BAR_WIDTH * done / total;
    return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
  }
}
