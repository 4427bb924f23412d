package io.ruche.cli.app;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * How fast this machine runs a fixed set of real modules, in the sandbox that a worker uses. The
 * set and its arguments never change, so that figures of unlike machines compare.
 */
public final class SpeedTest {
  private static final List<String> MODULES =
      List.of("measure/chess/build/chess.wasm", "measure/noop/build/noop.wasm");
  private static final Duration PER_MODULE = Duration.ofMillis(1_500);
  private static final int MAX_RUNS = 10_000;

  private SpeedTest() {}

  /**
   * A speed and what it counts.
   *
   * @param unit such as {@code runs/s}: each run is one pass over the whole set
   */
  public record Speed(double amount, String unit) {}

  /**
   * Runs the set for some seconds on one thread.
   *
   * @param progress hears the part that is done, from 0 to 1
   */
  public static Speed measure(DoubleConsumer progress) throws InterruptedException {
    double secondsPerSet = 0;
    for (int i = 0; i < MODULES.size(); i++) {
      double before = (double) i / MODULES.size();
      secondsPerSet +=
          secondsPerRun(MODULES.get(i), part -> progress.accept(before + part / MODULES.size()));
    }
    progress.accept(1);
    return new Speed(1 / secondsPerSet, "runs/s");
  }

  private static double secondsPerRun(String module, DoubleConsumer progress)
      throws InterruptedException {
    var folder = temporary();
    var file = unpack(module, folder);
    try (var app = LocalApp.open(file)) {
      app.warmUp();
      long start = System.nanoTime();
      long spent = 0;
      int runs = 0;
      while (spent < PER_MODULE.toNanos() && runs < MAX_RUNS) {
        app.warmUp();
        runs++;
        spent = System.nanoTime() - start;
        progress.accept(Math.min(1, (double) spent / PER_MODULE.toNanos()));
      }
      return spent / 1e9 / runs;
    } finally {
      Folders.delete(folder);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ruche-measure-");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static Path unpack(String module, Path folder) {
    try (var bytes = SpeedTest.class.getClassLoader().getResourceAsStream(module)) {
      if (bytes == null) {
        throw new RucheException(
            "MODULE_MISSING",
            "this build holds no %s to measure with.".formatted(module),
            "Build the examples first (`./ruche` does), or leave the measurement out.",
            false);
      }
      var file = folder.resolve("module.wasm");
      Files.copy(bytes, file);
      return file;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static RucheException unwritable(IOException cause) {
    return new RucheException(
        "DISK_FAILED",
        "the module to measure with cannot be written: %s.".formatted(cause.getMessage()),
        "Check the space and rights of the folder for temporary files.",
        true,
        cause);
  }
}
