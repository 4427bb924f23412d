package io.ruche.cli;

import java.util.List;

/** Touches what most calls need, so that the launcher can cache the loaded classes. */
final class WarmUp {
  private WarmUp() {}

  static void run(Session session) {
    Ruche.run(session, List.of("--help"));
    Ruche.run(session, List.of("config", "show"));
    Ruche.run(session, List.of("config", "show", "--output", "json"));
    Ruche.run(session, List.of("no-such-command", "--output", "json"));
  }
}
