package io.ruche.cli.node;

import io.ruche.cli.Session;
import io.ruche.cli.output.OutputFormat;

/** A bar on the terminal, for somebody who watches; nothing elsewhere. Used by one thread. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private final Session session;
  private final String label;
  private int shown = -1;

  ProgressBar(Session session, String label) {
    this.session = session;
    this.label = label;
  }

  /** Draws the part that is done, from 0 to 1. */
  void show(double part) {
    int filled = (int) Math.clamp(part * WIDTH, 0, WIDTH);
    boolean isWatched =
        session.screen().isErrTerminal() && session.settings().output() == OutputFormat.table;
    if (!isWatched || filled == shown) {
      return;
    }
    shown = filled;
    var bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    session.screen().err().printf("\r%s [%s]%s", label, bar, filled == WIDTH ? "\n" : "");
    session.screen().err().flush();
  }
}
