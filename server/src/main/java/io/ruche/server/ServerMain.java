package io.ruche.server;

import io.ruche.core.RucheException;
import io.ruche.server.http.Json;
import io.ruche.server.settings.ServerSettings;
import io.ruche.server.settings.SettingsReader;
import io.ruche.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process: starts, says where it listens, runs until it is told to stop. */
public final class ServerMain {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");
  private static final String SHOW_SETTINGS = "--show-settings";
  private static final String CHECK_DATABASE = "--check-database";
  private static final int FAILED = 1;
  private static final int USAGE = 3;

  private ServerMain() {}

  /** Starts a server; exit codes: 0 stopped, 1 failed, 3 wrong settings. */
  public static void main(String[] args) {
    int code = run(List.of(args));
    System.exit(code);
  }

  private static int run(List<String> args) {
    if (args.contains("--help") || args.contains("-h")) {
      System.out.println(SettingsReader.help());
      return 0;
    }
    if (args.contains(SHOW_SETTINGS)) {
      System.out.println(SettingsReader.show(without(SHOW_SETTINGS, args), System.getenv()));
      return 0;
    }
    try {
      if (args.contains(CHECK_DATABASE)) {
        return checkDatabase(without(CHECK_DATABASE, args));
      }
      return serve(SettingsReader.read(args, System.getenv()));
    } catch (RucheException e) {
      LOG.debug("server failed", e);
      System.err.println(e.sentence());
      return e.code().equals("BAD_SETTINGS") ? USAGE : FAILED;
    }
  }

  private static List<String> without(String flag, List<String> args) {
    return args.stream().filter(arg -> !arg.equals(flag)).toList();
  }

  private static int checkDatabase(List<String> args) {
    var database = SettingsReader.database(args, System.getenv());
    Database.probe(database);
    System.out.println(database);
    return 0;
  }

  private static int serve(ServerSettings settings) {
    var stop = new CountDownLatch(1);
    var code = new AtomicInteger();
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
      stop.countDown();
      await(stopped);
    }));
    try {
      var started = Server.start(
          settings,
          cause -> {
            tell(cause);
            code.set(FAILED);
            stop.countDown();
          },
          stop);
      if (started.isPresent()) {
        serve(settings, started.get(), stop);
      }
      LOG.info("server stopped");
    } finally {
      stopped.countDown();
    }
    return code.get();
  }

  private static void serve(ServerSettings settings, Server running, CountDownLatch stop) {
    try (var server = running) {
      LOG.info("server ready url={} home={}", server.url(), settings.home());
      System.out.println(server.url());
      if (settings.readyFile() != null) {
        writeReady(settings.readyFile(), server);
      }
      await(stop);
      LOG.info("server stops");
    }
  }

  private static void tell(Throwable cause) {
    if (cause instanceof RucheException known) {
      LOG.error("server must end code={} {}", known.code(), known.sentence());
    } else {
      LOG.error("server must end", cause);
    }
  }

  private static void writeReady(Path file, Server server) {
    var body = Json.object()
        .put("url", server.url())
        .put("port", server.port())
        .put("pid", ProcessHandle.current().pid());
    try {
      var part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, body + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RucheException(
          "READY_FILE",
          "cannot write the ready file %s: %s.".formatted(file, e),
          "Name a file in a folder that exists.",
          false,
          e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
