package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a single child process, without bubblewrap so that its pid is its own. */
class RunnerProcessTest {
  @TempDir
  Path folder;

  private TestRuns runs = new TestRuns(Path.of("."));
  private RunnerSettings settings = RunnerSettings.of(Path.of("."), List.of());

  @BeforeEach
  void layOut() throws IOException {
    runs = new TestRuns(folder.toRealPath());
    settings = RunnerSettings.of(runs.root(), List.of())
        .withMaxMemoryMiB(16)
        .withBubblewrap(Bubblewrap.NEVER);
  }

  @Test
  void runnerSeesNoVariableOfTheAgent() throws Exception {
    try (var pool = RunnerPool.start(settings)) {
      var environ = Files.readString(Path.of("/proc/%d/environ".formatted(onlyRunner(pool))));

      assertThat(environ).isEqualTo("LC_ALL=C.UTF-8\0");
    }
  }

  @Test
  void runnerHoldsNoSocket() throws Exception {
    try (var pool = RunnerPool.start(settings);
        var descriptors = Files.list(Path.of("/proc/%d/fd".formatted(onlyRunner(pool))))) {
      for (var descriptor : descriptors.toList()) {
        assertThat(Files.readSymbolicLink(descriptor).toString()).doesNotStartWith("socket:");
      }
    }
  }

  @Test
  void frozenRunnerIsKilledAfterTheGraceAndReplaced() throws Exception {
    try (var pool = RunnerPool.start(settings)) {
      long pid = onlyRunner(pool);
      assertThat(
              new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor())
          .isZero();

      var outcome = pool.run(brief(runs.request(TestModules.noop())));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT));
      ProcessHandle.of(pid).ifPresent(runner -> runner.onExit().join());
      assertThat(pool.run(runs.request(TestModules.noop())))
          .isInstanceOf(RunOutcome.Finished.class);
    }
  }

  @Test
  void runnerEndsWhenTheAgentIsGone() throws Exception {
    var process = new RunnerCommand(settings).plain().start();
    process.getInputStream().read();

    process.getOutputStream().close();

    assertThat(process.waitFor()).isZero();
  }

  @Test
  void closingThePoolKillsItsRunners() throws Exception {
    var pool = RunnerPool.start(settings);
    var runner = ProcessHandle.of(onlyRunner(pool)).orElseThrow();

    pool.close();

    assertThat(runner.onExit().get().isAlive()).isFalse();
  }

  @Test
  void closedPoolSaysSo() throws Exception {
    var pool = RunnerPool.start(settings);
    pool.close();

    assertThatThrownBy(() -> pool.run(runs.request(TestModules.noop())))
        .hasMessage("the sandbox was closed");
  }

  @Test
  void runnerThatDiesDuringARunIsACrashThatOthersJudge() throws Exception {
    try (var pool = RunnerPool.start(settings)) {
      var runner = ProcessHandle.of(onlyRunner(pool)).orElseThrow();
      var request = runs.request(TestModules.endless());
      Thread.ofPlatform().start(() -> {
        while (!pool.idleRunners().isEmpty()) {
          Thread.onSpinWait();
        }
        runner.destroyForcibly();
      });

      assertThat(pool.run(request))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.code()).isEqualTo(FailureCode.CRASH));
    }
  }

  @Test
  void runThatTheClosingPoolEndsSaysNothingOfTheApp() throws Exception {
    var pool = RunnerPool.start(settings);
    var request = runs.request(TestModules.endless());
    Thread.ofPlatform().start(() -> {
      while (!pool.idleRunners().isEmpty()) {
        Thread.onSpinWait();
      }
      pool.close();
    });

    assertThat(pool.run(request))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.INFRASTRUCTURE));
  }

  @Test
  void moreMemoryThanRunnersWereSizedForIsRefused() throws Exception {
    try (var pool = RunnerPool.start(settings)) {
      var request = runs.request(TestModules.noop())
          .withLimits(new RunLimits(Duration.ofSeconds(1), 17, 1, 1));

      assertThatThrownBy(() -> pool.run(request)).hasMessageContaining("at most 16 MiB, found 17");
    }
  }

  @Test
  void isolationSaysWhyThereIsNone() throws Exception {
    try (var pool = RunnerPool.start(settings)) {
      assertThat(pool.isolation()).isInstanceOf(Isolation.Plain.class);
      assertThat(pool.isolation().toString()).contains("switched off by the settings");
    }
  }

  private static RunRequest brief(RunRequest request) {
    return request.withLimits(new RunLimits(Duration.ofMillis(200), 16, 1 << 20, 8));
  }

  private static long onlyRunner(RunnerPool pool) {
    return pool.idleRunners().getFirst();
  }
}
