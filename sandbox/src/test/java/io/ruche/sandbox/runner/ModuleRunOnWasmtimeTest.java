package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.Engine;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Native code ends as Chicory's does. */
@EnabledOnOs(OS.LINUX)
class ModuleRunOnWasmtimeTest extends ModuleRunTest {
  @Override
  Engine engine() {
    return TestEngines.fast().getLast();
  }
}
