package io.ruche.cli.task;

import io.ruche.cli.Session;
import io.ruche.cli.output.OutputFormat;
import io.ruche.sdk.LogLine;
import io.ruche.sdk.TaskLog;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Prints a run's log while it comes: its streams to ours, and on a terminal one line below that
 * tells how far the run is.
 */
final class LogPrinter {
  private static final int BAR_WIDTH = 24;
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}) %(.*)");

  private final Session session;
  private final OutputFormat format;
  private String shown = "";
  private boolean isLineBegun;

  LogPrinter(Session session) {
    this.session = session;
    this.format = session.settings().output();
  }

  void print(TaskLog log) {
    try {
      log.read(this::print);
    } finally {
      clear();
    }
  }

  private void print(LogLine line) {
    if (format == OutputFormat.json) {
      session.screen().out().println(line.raw());
      session.screen().out().flush();
      return;
    }
    switch (line.content()) {
      case LogLine.Text text -> {
        clear();
        var stream = text.isError() ? session.screen().err() : session.screen().out();
        stream.print(text.text());
        stream.flush();
        isLineBegun = !text.text().endsWith("\n");
      }
      case LogLine.Progress progress -> show(progress);
      case LogLine.End(var how, var note) -> {
        clear();
        session.note("The run has ended: %s. %s".formatted(how, note));
      }
      case LogLine.Pause _, LogLine.Unknown _ -> {}
    }
  }

  /** Never into a line that the app has not ended. */
  private void show(LogLine.Progress progress) {
    if (format != OutputFormat.table || !session.screen().isErrTerminal() || isLineBegun) {
      return;
    }
    shown = "attempt %d %s %s"
        .formatted(
            progress.attempt(), progress.phase().toLowerCase(Locale.ROOT), bar(progress.detail()));
    session.screen().err().print(CLEAR_LINE + shown.strip());
    session.screen().err().flush();
  }

  private static String bar(String detail) {
    var matcher = PERCENT.matcher(detail);
    if (!matcher.matches()) {
      return detail;
    }
    int filled = BAR_WIDTH * Math.min(100, Integer.parseInt(matcher.group(1))) / 100;
    return "[%s%s] %s".formatted("#".repeat(filled), ".".repeat(BAR_WIDTH - filled), detail);
  }

  private void clear() {
    if (!shown.isEmpty()) {
      shown = "";
      session.screen().err().print(CLEAR_LINE);
      session.screen().err().flush();
    }
  }
}
