package io.ruche.sandbox.wasm;

import java.nio.file.Path;

/** The same with native code, where this machine can wrap it. */
class RunnerPoolOnWasmtimeTest extends RunnerPoolTest {
  @Override
  EngineSettings engines(Path folder) {
    return EngineSettings.wherePossible(folder);
  }
}
