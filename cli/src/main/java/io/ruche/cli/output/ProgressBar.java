package io.ruche.cli.output;

/** A bar on the terminal, for somebody who watches; nothing elsewhere. Used by one thread. */
public final class ProgressBar {
  private static final int WIDTH = 30;

  private final Printer printer;
  private final String label;
  private int shown = -1;

  public ProgressBar(Printer printer, String label) {
    this.printer = printer;
    this.label = label;
  }

  /** Draws the part that is done, from 0 to 1. */
  public void show(double part) {
    int filled = (int) Math.clamp(part * WIDTH, 0, WIDTH);
    var screen = printer.screen();
    boolean isWatched = screen.isErrTerminal() && printer.format() == OutputFormat.table;
    if (!isWatched || filled == shown) {
      return;
    }
    shown = filled;
    var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    screen.err().printf("\r%s [%s]%s", label, bar, filled == WIDTH ? "\n" : "");
    screen.err().flush();
  }
}
