package io.ruche.cli.doctor;

import io.ruche.cli.Installation;
import io.ruche.cli.up.ServerCommandLine;
import java.util.List;

/** Whether a pool's server could work with a database, by its own word. */
final class DatabaseCheck {
  private static final String WHAT = "database";

  private DatabaseCheck() {}

  /** Asks a server that connects, looks and ends; the URL holds no password. */
  static Finding of(String url, Installation installation) {
    var command = new ServerCommandLine(installation)
        .word("--check-database")
        .flag("database", url)
        .command();
    return read(Tool.tell(command));
  }

  /** The server says what it connected to; or what is wrong, as code, sentence and advice. */
  static Finding read(Tool.Told told) {
    if (told.isWell()) {
      return Finding.ok(WHAT, told.last());
    }
    var parts = List.of(told.last().split("(?<=\\.) ", 2));
    return Finding.problem(
        WHAT,
        parts.getFirst().replaceFirst("\\.$", ""),
        parts.size() > 1 ? parts.get(1) : "See its log.");
  }
}
