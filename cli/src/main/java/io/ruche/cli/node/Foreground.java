package io.ruche.cli.node;

import io.ruche.cli.process.OnShutdown;
import io.ruche.cli.process.Utf8Locale;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A program that runs in front: it has our terminal, and ends when we are told to.
 *
 * @param environment variables added to those of this process
 * @param folder its own; created when it is missing
 */
record Foreground(List<String> command, Map<String, String> environment, Path folder) {
  private static final long GRACE_SECONDS = 20;
  private static final long POLL_MILLIS = 50;

  Foreground {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Runs until it ends; returns its exit code. */
  int run() {
    return run(process -> {});
  }

  /**
   * The same for a program that writes a file once it is ready.
   *
   * @param onReady called once with that file
   */
  int run(Path readyFile, Consumer<Path> onReady) {
    try {
      Files.deleteIfExists(readyFile);
    } catch (IOException e) {
      throw unusable(e);
    }
    return run(process -> {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (Files.exists(readyFile)) {
          onReady.accept(readyFile);
          return;
        }
      }
    });
  }

  /**
   * The same for a program whose readiness somebody else sees.
   *
   * @param onReady called once when that is so
   */
  int run(BooleanSupplier isReady, Runnable onReady) {
    return run(process -> {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isReady.getAsBoolean()) {
          onReady.run();
          return;
        }
      }
    });
  }

  /** What is done while it runs. */
  private interface Watch {
    void over(Process process) throws InterruptedException;
  }

  private int run(Watch watch) {
    try {
      Files.createDirectories(folder);
      var builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(environment);
      Utf8Locale.ensure(builder.environment());
      var process = builder.start();
      try (var _ = OnShutdown.run(() -> stop(process))) {
        watch.over(process);
        return process.waitFor();
      } catch (RuntimeException e) {
        stop(process);
        throw e;
      }
    } catch (IOException e) {
      throw unusable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RucheException("CANCELLED", "the wait was interrupted.", "", false, e);
    }
  }

  private RucheException unusable(IOException cause) {
    return new RucheException(
        "PROCESS_START_FAILED",
        "could not start %s: %s.".formatted(command.getFirst(), cause),
        "Check that the program and the folder %s may be used.".formatted(folder),
        false,
        cause);
  }

  /**
   * In a shutdown hook: a terminal's Ctrl-C has reached the program too, a plain SIGTERM has not.
   */
  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
