package io.ruche.cli;

import io.ruche.cli.output.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Entry point of {@code ruche}. The launcher script says through variables what is a terminal. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var environment = System.getenv();
    var given = List.of(arguments);
    if (given.equals(List.of("--warm-up"))) {
      WarmUp.run();
      return;
    }
    var session = new Session(
        screen(environment),
        environment,
        Path.of(System.getProperty("user.home")),
        Clock.systemUTC());
    System.exit(Ruche.run(session, given.isEmpty() ? List.of("--help") : given));
  }

  private static Screen screen(Map<String, String> environment) {
    return new Screen(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        columns(environment.getOrDefault("RUCHE_COLUMNS", "0")),
        environment.containsKey("RUCHE_STDERR_TERMINAL"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static int columns(String text) {
    return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
  }
}
