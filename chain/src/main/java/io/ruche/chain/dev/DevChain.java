package io.ruche.chain.dev;

import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.rpc.RpcSettings;
import io.ruche.core.RucheException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A running Anvil. It outlives the program that started it until {@link #stop} ends it; another
 * program takes it over with {@link #attach}.
 */
public final class DevChain {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 20_000_000;
  private static final int PORT_TRIES = 5;
  private static final int LOG_TAIL = 500;

  private final ProcessHandle process;
  private final URI rpc;

  private DevChain(ProcessHandle process, URI rpc) {
    this.process = process;
    this.rpc = rpc;
  }

  /** Starts Anvil on the state of the folder, or a new chain, and waits until it answers. */
  public static DevChain start(DevChainSettings settings) {
    if (settings.port() != 0) {
      return startOn(settings);
    }
    for (int tries = 1; ; tries++) {
      try {
        return startOn(settings.withPort(freePort()));
      } catch (RucheException e) {
        if (!e.code().equals("PORT_IN_USE") || tries == PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  /** A chain that runs already. */
  public static DevChain attach(long pid, URI rpc) {
    var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return new DevChain(
        process.orElseThrow(() -> new RucheException(
            "CHAIN_NOT_RUNNING",
            "the dev chain's process %d does not run.".formatted(pid),
            "Start it with `ruche up`.",
            false)),
        rpc);
  }

  public long pid() {
    return process.pid();
  }

  public URI rpc() {
    return rpc;
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Ends it gently: it saves its state first. */
  public void stop() {
    process.destroy();
    if (!hasEnded()) {
      throw new RucheException(
          "CHAIN_WILL_NOT_STOP",
          "the dev chain's process %d still runs %d s after it was told to stop."
              .formatted(pid(), STOP_TIMEOUT.toSeconds()),
          "Look at its log; `kill -9` loses what it did since its last save.",
          false);
    }
  }

  /** Ends it at once, as a crash would; what it did since its last save is lost. */
  public void kill() {
    process.destroyForcibly();
    if (!hasEnded()) {
      throw new IllegalStateException("process " + pid() + " survived being killed");
    }
  }

  private boolean hasEnded() {
    try {
      process.onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DevChain startOn(DevChainSettings settings) {
    requireFree(settings.port());
    try {
      Files.createDirectories(settings.folder());
      var log = settings.logFile().toFile();
      var process = new ProcessBuilder(settings.command())
          .directory(settings.folder().toFile())
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.to(log))
          .start();
      var rpc = URI.create("http://127.0.0.1:" + settings.port());
      awaitReady(process, rpc, settings);
      return new DevChain(process.toHandle(), rpc);
    } catch (IOException e) {
      throw new RucheException(
          "ANVIL_UNUSABLE",
          "Anvil at %s cannot be started: %s.".formatted(settings.anvil(), e.getMessage()),
          "Run `npm ci` in the contracts folder.",
          false,
          e);
    }
  }

  private static void awaitReady(Process process, URI endpoint, DevChainSettings settings)
      throws IOException {
    var patience = RpcSettings.of(endpoint).withTimeout(Duration.ofSeconds(5)).withReadTries(1);
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    try (var rpc = Rpc.open(patience)) {
      while (System.nanoTime() < deadline) {
        if (!process.isAlive()) {
          throw ended(settings);
        }
        if (answers(rpc) && process.isAlive()) {
          return;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    process.destroyForcibly();
    throw new RucheException(
        "CHAIN_START_TIMEOUT",
        "the dev chain did not answer at %s within %d s."
            .formatted(endpoint, START_TIMEOUT.toSeconds()),
        "Look at %s.".formatted(settings.logFile()),
        true);
  }

  private static boolean answers(Rpc rpc) {
    try {
      rpc.requireChainId(DevChainSettings.CHAIN_ID);
      return true;
    } catch (RucheException e) {
      if (e.isRetryable()) {
        return false;
      }
      throw e;
    }
  }

  private static RucheException ended(DevChainSettings settings) throws IOException {
    var said = tail(settings.logFile());
    if (said.contains("Address already in use")) {
      return portInUse(settings.port());
    }
    return new RucheException(
        "CHAIN_START_FAILED",
        "the dev chain ended at once: %s.".formatted(said.strip()),
        "If its state file %s is broken, move it away: the chain then starts afresh."
            .formatted(settings.stateFile()),
        false);
  }

  private static String tail(Path log) throws IOException {
    var text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - LOG_TAIL));
  }

  private static RucheException portInUse(int port) {
    return new RucheException(
        "PORT_IN_USE",
        "port %d of 127.0.0.1 is taken by another program.".formatted(port),
        "Choose another port, or 0 for a free one.",
        false);
  }

  /** Else the program that holds the port might answer in Anvil's place. */
  private static void requireFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw portInUse(port);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new RucheException("NO_FREE_PORT", "no free port on loopback.", "", true, e);
    }
  }
}
