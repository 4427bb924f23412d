package io.ruche.cli.bench;

import io.ruche.cli.Session;
import io.ruche.cli.output.OutputFormat;
import io.ruche.cli.output.Screen;

/**
 * Tells on standard error how far a run is: a line that is redrawn on a terminal, one now and then
 * elsewhere, nothing when a program reads the answer.
 */
final class Progress {
  /** Lines of a whole run when nobody watches live. */
  private static final int LINES = 10;

  private final Session session;
  private final Screen screen;
  private int told;

  Progress(Session session) {
    this.session = session;
    this.screen = session.screen();
  }

  void say(String sentence) {
    session.note(sentence);
  }

  void done(int count, int total, double seconds) {
    tell(
        count,
        total,
        "%d of %d tasks finalized, %.1f s, %.1f tasks/s"
            .formatted(count, total, seconds, count / Math.max(seconds, 0.001)));
  }

  void called(int count, int total, double seconds) {
    tell(count, total, "%d of %d calls answered, %.1f s".formatted(count, total, seconds));
  }

  void joined(int count, int total, double seconds) {
    tell(count, total, "%d of %d workers logged in, %.1f s".formatted(count, total, seconds));
  }

  private void tell(int count, int total, String line) {
    told = Math.min(told, count); // fewer than before: another run has begun
    if (session.settings().output() != OutputFormat.table || count == told) {
      return;
    }
    if (screen.isErrTerminal()) {
      screen.err().print("\r" + line + (count == total ? System.lineSeparator() : ""));
      screen.err().flush();
    } else if (count == total || count - told >= Math.max(1, total / LINES)) {
      screen.err().println(line);
    } else {
      return;
    }
    told = count;
  }
}
