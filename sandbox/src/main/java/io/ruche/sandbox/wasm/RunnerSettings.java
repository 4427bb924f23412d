package io.ruche.sandbox.wasm;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a pool starts its runners.
 *
 * @param tasksRoot the only folder that runners may write; every run's folders lie under it
 * @param readOnlyRoots further folders that runners may read, such as the cache of apps
 * @param runners most runs at the same time, each in a process of its own
 * @param maxMemoryMiB most memory that a run may be granted; sizes the heap of every runner
 * @param engines what they run modules with
 * @param cache file of loaded classes that {@link RunnerTraining} wrote, with which they start
 *     faster; null for none
 */
public record RunnerSettings(
    Path tasksRoot,
    List<Path> readOnlyRoots,
    int runners,
    int maxMemoryMiB,
    Bubblewrap bubblewrap,
    EngineSettings engines,
    @Nullable Path cache) {
  /** Whether runners are wrapped in bubblewrap. */
  public enum Bubblewrap {
    /** Where it is installed and works; {@link RunnerPool#isolation} says what was found. */
    WHERE_POSSIBLE,
    /** Starting the pool fails where it does not work. */
    REQUIRED,
    NEVER
  }

  public RunnerSettings {
    tasksRoot = tasksRoot.toAbsolutePath().normalize();
    readOnlyRoots =
        readOnlyRoots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
    if (runners < 1 || maxMemoryMiB < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 runner and 1 MiB, found %d and %d".formatted(runners, maxMemoryMiB));
    }
  }

  /** Everything default: one runner, 512 MiB, bubblewrap where possible, Chicory. */
  public static RunnerSettings of(Path tasksRoot, List<Path> readOnlyRoots) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, 1, 512, Bubblewrap.WHERE_POSSIBLE, EngineSettings.CHICORY, null);
  }

  public RunnerSettings withRunners(int count) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, count, maxMemoryMiB, bubblewrap, engines, cache);
  }

  public RunnerSettings withMaxMemoryMiB(int mebibytes) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, runners, mebibytes, bubblewrap, engines, cache);
  }

  public RunnerSettings withBubblewrap(Bubblewrap choice) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, runners, maxMemoryMiB, choice, engines, cache);
  }

  public RunnerSettings withEngines(EngineSettings other) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, runners, maxMemoryMiB, bubblewrap, other, cache);
  }

  /** One that does not fit is left out. */
  public RunnerSettings withCache(@Nullable Path file) {
    return new RunnerSettings(
        tasksRoot, readOnlyRoots, runners, maxMemoryMiB, bubblewrap, engines, file);
  }
}
