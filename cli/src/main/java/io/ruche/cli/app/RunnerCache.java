package io.ruche.cli.app;

import io.ruche.sandbox.wasm.EngineSettings;
import io.ruche.sandbox.wasm.RunnerSettings;
import io.ruche.sandbox.wasm.RunnerTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of loaded classes with which runners of modules start faster. */
public final class RunnerCache {
  private RunnerCache() {}

  /**
   * Trains a runner with a module.
   *
   * @param module with short runs that succeed without arguments
   * @param file where the file is put; nothing is where there is no bubblewrap
   */
  public static void write(Path module, Path file) throws IOException, InterruptedException {
    var root = Files.createTempDirectory("ruche-runner-").toRealPath();
    try {
      var settings =
          RunnerSettings.of(root, List.of()).withEngines(EngineSettings.wherePossible(root));
      var request = LocalApp.request(LocalApp.load(module, root), List.of(), root);
      var _ = RunnerTraining.write(settings, request, file);
    } finally {
      Folders.delete(root);
    }
  }
}
