package io.ruche.sandbox.runner;

import io.ruche.sandbox.engine.Engine;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What native code can observe is the same too. */
@EnabledOnOs(OS.LINUX)
class DeterminismOnWasmtimeTest extends DeterminismTest {
  @Override
  Engine engine() {
    return TestEngines.fast().getLast();
  }
}
