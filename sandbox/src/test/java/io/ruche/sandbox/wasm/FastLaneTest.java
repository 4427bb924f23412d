package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.wasm.EngineSettings.Choice;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine runners have, and what becomes of guests that hear nothing. */
class FastLaneTest {
  private static final int WAIT_SECONDS = 60;

  @TempDir
  Path folder;

  private TestRuns runs = new TestRuns(Path.of("."));
  private RunnerSettings settings = RunnerSettings.of(Path.of("."), List.of());

  @BeforeEach
  void layOut() throws Exception {
    runs = new TestRuns(Files.createDirectory(folder.toRealPath().resolve("tasks")));
    settings = RunnerSettings.of(runs.root(), List.of())
        .withMaxMemoryMiB(16)
        .withEngines(EngineSettings.wherePossible(folder.toRealPath().resolve("engines")));
  }

  @Test
  void withoutBubblewrapModulesRunInJava() throws Exception {
    try (var pool = RunnerPool.start(settings.withBubblewrap(Bubblewrap.NEVER))) {
      assertThat(pool.awaitIsolation()).isInstanceOf(Isolation.Plain.class);
      assertThat(pool.awaitIsolation().toString()).contains("the one in Java");
    }
    var forced = settings
        .withBubblewrap(Bubblewrap.NEVER)
        .withEngines(settings.engines().withChoice(Choice.WASMTIME));

    assertThatThrownBy(() -> RunnerPool.start(forced))
        .hasMessageContaining("wasmtime runs only inside bubblewrap");
  }

  @Test
  void insideBubblewrapTheOwnerIsToldOfWasmtime() throws Exception {
    try (var pool = wrapped(settings)) {
      assertThat(pool.awaitIsolation().toString()).contains("engine wasmtime");
      assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    }
  }

  @Test
  void whoStopsWaitingForTheEngineLeavesItToOthers() throws Exception {
    try (var pool = wrapped(settings)) {
      var waiter = new FutureTask<>(pool::awaitIsolation);
      var thread = Thread.ofPlatform().unstarted(waiter);
      thread.start();
      thread.interrupt();
      thread.join();

      assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    }
  }

  @Test
  void chicoryCanBeAskedFor() throws Exception {
    var engines = settings.engines().withChoice(Choice.CHICORY);
    try (var pool = wrapped(settings.withEngines(engines))) {
      assertThat(pool.awaitIsolation().toString()).contains("engine chicory");
    }
  }

  @Test
  void aLibraryThatIsNoneIsPassedOverAndSaid() throws Exception {
    var library = Files.writeString(folder.toRealPath().resolve("libwasmtime.so"), "no library");
    var engines = settings.engines().withLibrary(library);
    try (var pool = wrapped(settings.withEngines(engines))) {
      assertThat(pool.awaitIsolation().toString())
          .contains("wasmtime")
          .contains(library + " cannot be loaded");
    }
    var alone = new EngineSettings(Choice.WASMTIME, library, null);

    assertThatThrownBy(() -> RunnerPool.start(settings.withEngines(alone)))
        .hasMessageContaining("the settings ask for wasmtime")
        .hasMessageContaining("chicory");
  }

  @Test
  void aGuestThatHearsNothingEndsWithItsProcessAndKeepsItsLog() throws Exception {
    try (var pool = wrapped(settings)) {
      var runner = ProcessHandle.of(pool.idleRunners().getFirst()).orElseThrow();
      var endless = TestModules.talking(code -> code.forever(block -> {}));
      var limits = new RunLimits(Duration.ofSeconds(2), 16, 1 << 20, 8);

      var outcome = pool.run(runs.request(endless).withLimits(limits));

      assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
        assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT);
        assertThat(failed.logs().stdout()).isEqualTo("x");
      });
      assertThat(runner.onExit().get(WAIT_SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    }
  }

  @Test
  void aCancelledGuestEndsWithItsProcess() throws Exception {
    try (var pool = wrapped(settings)) {
      pool.awaitIsolation();
      var runner = ProcessHandle.of(pool.idleRunners().getFirst()).orElseThrow();
      var talked = new CountDownLatch(1);
      var request = runs.request(TestModules.talking(code -> code.forever(block -> {})));
      var task = new FutureTask<>(() -> pool.run(request, (stream, bytes) -> talked.countDown()));
      var caller = Thread.ofPlatform().start(task);
      assertThat(talked.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
      assertThat(runner.onExit().get(WAIT_SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  private static RunnerPool wrapped(RunnerSettings settings) throws InterruptedException {
    var pool = RunnerPool.start(settings);
    boolean isWrapped = pool.isolation() instanceof Isolation.Wrapped;
    if (!isWrapped) {
      pool.close();
    }
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(isWrapped, "bubblewrap does not work here");
    }
    assertThat(isWrapped).as("bubblewrap works").isTrue();
    return pool;
  }
}
