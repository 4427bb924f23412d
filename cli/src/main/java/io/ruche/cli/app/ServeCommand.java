package io.ruche.cli.app;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Reason;
import io.ruche.cli.process.OnShutdown;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a module ready for tests. */
@Command(
    name = "serve",
    description = {
      "Run an app for programs of this machine, in a runner that stays warm.",
      "POST /call {\"args\":\"0x…\"} answers {\"answer\":\"0x…\"} or {\"failure\":…}."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche app serve chess.wasm           on a free port of loopback, until it idles",
      "  ruche app serve chess.wasm --port-file .ruche/chess.json --idle 60"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int MAX_IDLE_SECONDS = 86_400;

  private final Session session;

  @Parameters(paramLabel = "MODULE", description = "The app: a WASI module.")
  private Path module = Path.of("");

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Written when ready: {\"port\":…,\"pid\":…}.")
  private @Nullable Path portFile;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "Stop after so long without a call (default: ${DEFAULT-VALUE}).")
  private int idleSeconds;

  public ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (idleSeconds < 1 || idleSeconds > MAX_IDLE_SECONDS) {
      throw new RucheException(
          "USAGE",
          "expected --idle of 1 to %d seconds, found %d.".formatted(MAX_IDLE_SECONDS, idleSeconds),
          "See `ruche app serve --help`.",
          false);
    }
    try (var app = LocalApp.open(module);
        var _ = OnShutdown.run(app::close)) {
      app.warmUp();
      serve(app, new LastUse());
      session.note("Nothing was called for %d seconds.".formatted(idleSeconds));
    } catch (IOException e) {
      throw new RucheException(
          "SERVE_FAILED",
          "the app cannot be served: %s.".formatted(Reason.of(e)),
          "Check the folder of --port-file.",
          true,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      withdraw();
    }
    return ExitCode.OK;
  }

  private void serve(LocalApp app, LastUse lastUse) throws IOException, InterruptedException {
    try (var server = AppServer.start(app, lastUse)) {
      announce(server.port());
      lastUse.awaitIdle(Duration.ofSeconds(idleSeconds));
    }
  }

  /** The file appears whole or not at all. */
  private void announce(int port) throws IOException {
    session.note("Serving %s on http://127.0.0.1:%d.".formatted(module, port));
    if (portFile != null) {
      var target = portFile.toAbsolutePath();
      Files.createDirectories(target.getParent());
      var whole = target.resolveSibling(target.getFileName() + "." + pid());
      Files.writeString(whole, "{\"port\":%d,\"pid\":%d}".formatted(port, pid()));
      Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Unless another server has taken the file's place. */
  private void withdraw() {
    try {
      if (portFile != null && Files.readString(portFile).endsWith("\"pid\":%d}".formatted(pid()))) {
        Files.delete(portFile);
      }
    } catch (IOException e) {
      session.note("%s is gone already.".formatted(portFile));
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
