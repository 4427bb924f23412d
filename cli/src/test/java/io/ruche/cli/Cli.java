package io.ruche.cli;

import io.ruche.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs command lines inside the test and keeps what they print. */
final class Cli {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Path home;
  private final int columns;

  /** What a command line left behind. */
  record Outcome(int code, String out, String err) {
    /** One text for comparisons. */
    String transcript() {
      return "exit %d%n--- out%n%s--- err%n%s".formatted(code, out, err);
    }
  }

  private Cli(Path home, int columns) {
    this.home = home;
    this.columns = columns;
  }

  static Cli onTerminal(Path home, int columns) {
    return new Cli(home, columns);
  }

  static Cli inPipe(Path home) {
    return new Cli(home, 0);
  }

  Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  Outcome run(Map<String, String> environment, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var screen = new Screen(stream(out), stream(err), columns, false);
    var session = new Session(
        screen, environment, home.resolveSibling("user"), Clock.fixed(NOW, ZoneOffset.UTC));
    var line = new ArrayList<>(List.of(arguments));
    line.add("--home=" + home);
    int code = Ruche.run(session, line);
    return new Outcome(code, text(out), text(err));
  }

  private String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(home.toString(), "$HOME");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
