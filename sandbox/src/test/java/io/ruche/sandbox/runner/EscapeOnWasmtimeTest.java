package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.Engine;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No path leads out when the code is native either. */
@EnabledOnOs(OS.LINUX)
class EscapeOnWasmtimeTest extends EscapeTest {
  @Override
  Engine engine() {
    return TestEngines.fast().getLast();
  }
}
