package io.ruche.cli;

import io.ruche.agent.AotCache;
import io.ruche.cli.app.RunnerCache;
import io.ruche.cli.output.Screen;
import io.ruche.cli.process.OnShutdown;
import io.ruche.cli.settings.TemporaryHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does what most calls do, so that Java can keep the classes which this process, a server and a
 * worker load ({@link AotCache}): a task on a market of its own, on this machine. Trains a runner.
 */
final class WarmUp {
  private final Path home;
  private final Path module = Installation.current().examples().resolve("noop/build/noop.wasm");

  private WarmUp(Path home) {
    this.home = home;
  }

  /**
   * Once the task is done and nothing of the market is left.
   *
   * @throws IllegalStateException when a call of those that should work did not
   */
  static void run() throws IOException, InterruptedException {
    var temporary = TemporaryHome.create("ruche-warm-up-");
    var warmUp = new WarmUp(temporary.home().folder());
    var caches = Path.of(System.getProperty(AotCache.OUTPUT));
    try (var _ = OnShutdown.run(() -> warmUp.call("down"))) {
      trainRunner(warmUp.module, AotCache.ofRunners(caches));
      try {
        warmUp.useMarket();
      } finally {
        warmUp.call("down");
      }
    } finally {
      temporary.delete();
    }
  }

  /** Where bubblewrap is missing or does not work there is none, and all else goes on. */
  private static void trainRunner(Path module, Path file) throws InterruptedException {
    try {
      RunnerCache.write(module, file);
    } catch (IOException e) {
      System.err.println("runners start without a cache: " + e.getMessage());
    }
  }

  private void useMarket() {
    require("--help");
    require("config", "show");
    call("no-such-command", "--output", "json");
    require("up", "--workers", "1");
    var app = require(
        "app", "deploy", module.toString(), "--wallet", "app-provider", "--output", "quiet");
    var results = home.resolve("results").toString();
    require("run", app, "--wallet", "requester", "--output-dir", results);
    require("deal", "list", "--wallet", "requester");
    require("pool", "status", "--output", "json");
  }

  /** What the call printed. */
  private String require(String... arguments) {
    var said = call(arguments);
    if (said.exitCode() != ExitCode.OK) {
      throw new IllegalStateException("expected `ruche %s` to work, it ended with %d: %s"
          .formatted(String.join(" ", arguments), said.exitCode(), said.err()));
    }
    return said.out();
  }

  private Said call(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var screen = new Screen(stream(out), stream(err), 0, false);
    var user = Path.of(System.getProperty("user.home"));
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    int code = Ruche.run(new Session(screen, Map.of(), user, Clock.systemUTC()), line);
    return new Said(code, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  private record Said(int exitCode, String out, String err) {}
}
