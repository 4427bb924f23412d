package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.sandbox.engine.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTrialTest {
  static List<Engine> engines() {
    return TestEngines.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEnginePasses(Engine engine) throws Exception {
    assertThat(EngineTrial.fault(engine)).isEmpty();
  }

  @Test
  void anEngineThatComputesWronglyIsPassedOver() throws Exception {
    var wrong = new WrongEngine(TestEngines.CHICORY);

    assertThat(EngineTrial.fault(wrong).orElseThrow()).contains("expected").contains("found");
  }
}
