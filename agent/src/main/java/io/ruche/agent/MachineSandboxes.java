package io.ruche.agent;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.state.WorkFolders;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.Sandboxes;
import io.ruche.sandbox.gpu.GpuDetector;
import io.ruche.sandbox.nativeapp.NativeSandbox;
import io.ruche.sandbox.nativeapp.NativeSettings;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.function.BiConsumer;

/** Starts every sandbox that works on this machine. */
final class MachineSandboxes {
  /** Of the disk space below which no work is taken, running apps may use all but this part. */
  private static final int RESERVE_DIVISOR = 2;

  private MachineSandboxes() {}

  /**
   * Starts them.
   *
   * @param unavailable is told why a type of app other than WASM cannot be run here
   * @throws RucheException RUNNER_NOT_STARTED when not even WASM runs
   */
  static Sandboxes start(AgentSettings settings, BiConsumer<AppType, RucheException> unavailable)
      throws InterruptedException {
    var byType = new EnumMap<AppType, Sandbox>(AppType.class);
    byType.put(AppType.WASM, RunnerPool.start(runnerSettings(settings)));
    if (settings.bubblewrap() != Bubblewrap.NEVER) {
      try {
        byType.put(AppType.NATIVE, NativeSandbox.start(nativeSettings(settings)));
      } catch (RucheException e) {
        unavailable.accept(AppType.NATIVE, e);
      }
    }
    return new Sandboxes(byType);
  }

  private static NativeSettings nativeSettings(AgentSettings settings) throws InterruptedException {
    var scratch = settings.home().resolve("native");
    return NativeSettings.of(scratch, settings.slots(), settings.memoryMiB())
        .withMinFreeBytes(((long) settings.minFreeMiB() << 20) / RESERVE_DIVISOR)
        .withGpus(GpuDetector.detect());
  }

  private static RunnerSettings runnerSettings(AgentSettings settings) {
    var cache = settings.home().resolve("cache");
    createFolder(cache);
    var tasks = new WorkFolders(settings.home()).root();
    createFolder(tasks);
    return RunnerSettings.of(tasks, List.of(cache))
        .withRunners(settings.slots())
        .withMaxMemoryMiB(settings.memoryMiB())
        .withBubblewrap(settings.bubblewrap());
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot create the folder %s: %s.".formatted(folder, e),
          "Choose a --home on a local disk that you may write to.",
          false,
          e);
    }
  }
}
