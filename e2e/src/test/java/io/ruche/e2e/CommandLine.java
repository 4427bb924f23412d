package io.ruche.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.agent.AotCache;
import io.ruche.cli.Installation;
import io.ruche.cli.Ruche;
import io.ruche.cli.Session;
import io.ruche.cli.output.Screen;
import io.ruche.cli.settings.DevelopmentSettings;
import io.ruche.cli.settings.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ruche} as scripts use it: called with arguments, answering in JSON. */
final class CommandLine {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long LIMIT_SECONDS = 120;

  private final Home home;
  private final List<String> properties;
  private final Map<String, String> variables;

  /** What a call left behind. */
  record Outcome(int code, String out, String err) {
    JsonNode json() {
      return read(out);
    }

    /** The last line of errors; a program's log may stand before it. */
    JsonNode error() {
      return read(err.lines().toList().getLast()).path("error");
    }

    private static JsonNode read(String text) {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("expected JSON, found: " + text, e);
      }
    }
  }

  /** Signs with the development wallet {@code requester} unless a call names another. */
  CommandLine(Home home) {
    this(home, List.of(), Map.of());
    DevelopmentSettings.write(home.create(), "requester");
  }

  private CommandLine(Home home, List<String> properties, Map<String, String> variables) {
    this.home = home;
    this.properties = List.copyOf(properties);
    this.variables = Map.copyOf(variables);
  }

  /** The same, whose programs have a system property more. */
  CommandLine withProperty(String name, String value) {
    return new CommandLine(home, List.of("-D" + name + "=" + value), variables);
  }

  /** The same, whose programs have these variables of the environment more. */
  CommandLine withVariables(Map<String, String> more) {
    return new CommandLine(home, properties, more);
  }

  /** In this process: quick, and the same code. */
  Outcome run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var screen = new Screen(stream(out), stream(err), 0, false);
    var session = new Session(screen, Map.of(), home.folder(), Clock.systemUTC());
    int code = Ruche.run(session, line(arguments));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** As a program of its own, until it ends. */
  Outcome program(String... arguments) {
    return within(List.of(), arguments);
  }

  /**
   * As a program that another one starts.
   *
   * @param starter a command that runs the arguments it is given
   */
  Outcome within(List<String> starter, String... arguments) {
    try {
      var out = Files.createTempFile(home.folder(), "out", "");
      var err = Files.createTempFile(home.folder(), "err", "");
      var command = new ArrayList<>(starter);
      command.addAll(commandOf(arguments));
      var process = builder(command)
          .redirectOutput(out.toFile())
          .redirectError(err.toFile())
          .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + List.of(arguments));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As a program in the background; its output goes to {@code log}. */
  Process start(Path log, String... arguments) {
    try {
      return builder(commandOf(arguments))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(variables);
    return builder;
  }

  private List<String> commandOf(String... arguments) {
    var command = new ArrayList<>(commandWith(properties));
    command.addAll(line(arguments));
    return command;
  }

  /** What stands before the arguments of a program that is run as the launcher runs it. */
  static List<String> commandWith(List<String> properties) {
    var installation = Installation.current();
    var command = new ArrayList<>(List.of(
        installation.java().toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Druche.root=" + installation.root(),
        "-Dlogback.configurationFile=logback-cli.xml",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(AotCache.flags("ruche"));
    command.addAll(properties);
    command.addAll(List.of("-cp", installation.classpath(), "io.ruche.cli.Main"));
    return command;
  }

  private List<String> line(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--home", home.folder().toString(), "--output", "json"));
    return line;
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
