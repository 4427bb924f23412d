package io.ruche.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import io.ruche.sandbox.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of single runs share: folders, and words for how a run ended. */
abstract class GuestFixture {
  @TempDir
  Path root;

  final Engine engine = engine();
  final GuestRuns guests = new GuestRuns(engine);
  TestRuns runs = new TestRuns(Path.of("."));

  /** What the modules run with; a subclass may name another engine. */
  Engine engine() {
    return TestEngines.CHICORY;
  }

  @BeforeEach
  void layOut() throws Exception {
    runs = new TestRuns(root.toRealPath());
  }

  RunOutcome run(WasmBuilder module) throws Exception {
    return guests.run(runs.request(module));
  }

  void assertEndsIn(FailureCode code, WasmBuilder module) throws Exception {
    assertEndedIn(code, run(module));
  }

  static void assertEndedIn(FailureCode code, RunOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  /** The module passes what it found on as its exit code. */
  static void assertExitCode(int exitCode, RunOutcome outcome) {
    assertEndedIn(FailureCode.EXIT, outcome);
    assertThat(((Failed) outcome).exitCode()).isEqualTo(exitCode);
  }

  static RunLimits limits(long outputBytes, int outputFiles) {
    return new RunLimits(Duration.ofMinutes(2), 8, outputBytes, outputFiles);
  }
}
