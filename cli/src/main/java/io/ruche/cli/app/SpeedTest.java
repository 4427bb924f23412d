package io.ruche.cli.app;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * How fast this machine runs a fixed set of real modules, in the sandbox that a worker uses. The
 * set and its arguments never change, so that figures of unlike machines compare.
 */
public final class SpeedTest {
  private static final List<String> MODULES = List.of("chess", "noop");
  private static final Duration PER_MODULE = Duration.ofMillis(1_500);
  private static final int MIN_RUNS = 3;
  private static final int MAX_RUNS = 10_000;

  private SpeedTest() {}

  /** The fuel that one processor burns in a second, as the median of warm runs of a module. */
  public record ModuleSpeed(String module, double fuelPerSecond) {}

  /** What was measured; never empty. */
  public record Speed(List<ModuleSpeed> modules) {
    public Speed {
      modules = List.copyOf(modules);
    }

    /** The geometric mean over the set, so that no module of it outweighs the others. */
    public long fuelPerSecond() {
      return Math.round(Math.exp(modules.stream()
          .mapToDouble(one -> Math.log(one.fuelPerSecond()))
          .average()
          .orElseThrow()));
    }
  }

  /**
   * Runs the set for some seconds on one thread.
   *
   * @param progress hears the part that is done, from 0 to 1
   */
  public static Speed measure(DoubleConsumer progress) throws InterruptedException {
    var speeds = new ArrayList<ModuleSpeed>();
    for (int i = 0; i < MODULES.size(); i++) {
      double before = (double) i / MODULES.size();
      var name = MODULES.get(i);
      double speed = fuelPerSecond(name, part -> progress.accept(before + part / MODULES.size()));
      speeds.add(new ModuleSpeed(name, speed));
    }
    progress.accept(1);
    return new Speed(speeds);
  }

  private static double fuelPerSecond(String module, DoubleConsumer progress)
      throws InterruptedException {
    var folder = temporary();
    var file = unpack("measure/%s/build/%s.wasm".formatted(module, module), folder);
    try (var app = LocalApp.open(file)) {
      app.warmUp();
      var speeds = new ArrayList<Double>();
      long start = System.nanoTime();
      long spent = 0;
      while (speeds.size() < MAX_RUNS
          && (speeds.size() < MIN_RUNS || spent < PER_MODULE.toNanos())) {
        speeds.add(oneRun(app));
        spent = System.nanoTime() - start;
        progress.accept(Math.min(1, (double) spent / PER_MODULE.toNanos()));
      }
      return speeds.stream().sorted().toList().get(speeds.size() / 2);
    } finally {
      Folders.delete(folder);
    }
  }

  private static double oneRun(LocalApp app) throws InterruptedException {
    long start = System.nanoTime();
    var fuel = app.warmUp().usage().fuel();
    long nanos = Math.max(1, System.nanoTime() - start);
    if (fuel == null) {
      throw new IllegalStateException("a module ran without fuel");
    }
    return Math.max(1, fuel) * 1e9 / nanos;
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
