package io.ruche.agent;

import io.ruche.agent.settings.AgentSettings;
import io.ruche.agent.state.WorkFolders;
import io.ruche.core.AppType;
import io.ruche.core.RucheException;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.Sandboxes;
import io.ruche.sandbox.wasm.RunnerPool;
import io.ruche.sandbox.wasm.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;

/** Starts every sandbox that works on this machine. */
final class MachineSandboxes {
  private MachineSandboxes() {}

  /**
   * Starts them.
   *
   * @throws RucheException RUNNER_NOT_STARTED when not even WASM runs
   */
  static Sandboxes start(AgentSettings settings) throws InterruptedException {
    var byType = new EnumMap<AppType, Sandbox>(AppType.class);
    byType.put(AppType.WASM, RunnerPool.start(runnerSettings(settings)));
    return new Sandboxes(byType);
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
