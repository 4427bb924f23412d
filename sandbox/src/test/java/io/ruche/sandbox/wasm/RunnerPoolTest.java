package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Failed;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.SandboxKit;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes, wrapped where this machine can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunnerPoolTest extends SandboxKit {
  private RunnerPool pool;
  private TestRuns runs;
  private boolean isInterruptible;

  /** What runs the modules; a subclass may name other engines. */
  EngineSettings engines(Path folder) {
    return EngineSettings.CHICORY;
  }

  @BeforeAll
  void startPool(@TempDir Path folder) throws Exception {
    var root = Files.createDirectory(folder.toRealPath().resolve("tasks"));
    runs = new TestRuns(root);
    var engines = engines(folder.toRealPath().resolve("engines"));
    pool = RunnerPool.start(
        RunnerSettings.of(root, List.of()).withMaxMemoryMiB(64).withEngines(engines));
    isInterruptible = !pool.awaitIsolation().toString().contains("wasmtime");
  }

  @AfterAll
  void stopPool() {
    pool.close();
  }

  @Override
  protected Sandbox sandbox() {
    return pool;
  }

  @Override
  protected RunRequest exits(int code) throws IOException {
    return runs.request(TestModules.exit(code));
  }

  @Override
  protected RunRequest writes(String name, String content) throws IOException {
    return runs.request(TestModules.writeFile(name, content));
  }

  @Override
  protected RunRequest talksAndSpins() throws IOException {
    return runs.request(TestModules.talking(code -> code.forever(block -> {})));
  }

  @Override
  protected RunRequest floods(int mebibytes) throws IOException {
    return runs.request(TestModules.flooding(mebibytes));
  }

  @Override
  protected RunRequest isNoApp() throws IOException {
    return runs.request(new byte[] {1, 2, 3});
  }

  /** Runners stay and serve the next; each run's folders are the caller's. */
  @Override
  protected void assertNothingLeft() {
    assertThat(pool.idleRunners()).allMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Test
  void namesBeyondAsciiReachTheDiskWhateverTheLocale() throws Exception {
    var request = runs.request(TestModules.writeFile("résumé-蜂.txt", "1"));
    boolean isUtf8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    var outcome = pool.run(request);

    assertThat(outcome).isInstanceOf(isUtf8 ? Finished.class : Failed.class);
    try (var files = Files.list(request.output())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void oneProcessServesManyRuns() throws Exception {
    pool.run(runs.request(TestModules.noop()));
    var before = pool.idleRunners();

    for (int i = 0; i < 20; i++) {
      assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    }

    assertThat(pool.idleRunners()).isEqualTo(before);
  }

  @Test
  void runOverItsTimeIsStoppedAndItsProcessServesTheNext() throws Exception {
    pool.run(runs.request(TestModules.noop()));
    var before = pool.idleRunners();

    var outcome = pool.run(within(Duration.ofMillis(100), runs.request(TestModules.endless())));

    assertEndedIn(FailureCode.TIMEOUT, outcome);
    assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
    if (isInterruptible) {
      assertThat(pool.idleRunners()).isEqualTo(before);
    }
  }

  @Test
  void interruptOfTheCallerStopsTheRun() throws Exception {
    var task = new FutureTask<>(() -> pool.run(runs.request(TestModules.endless())));
    var caller = Thread.ofPlatform().start(task);

    caller.interrupt();

    assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
  }

  @Test
  void processThatDiedWhileIdleIsReplaced() throws Exception {
    pool.run(runs.request(TestModules.noop()));
    for (long pid : pool.idleRunners()) {
      var runner = ProcessHandle.of(pid).orElseThrow();
      runner.destroyForcibly();
      runner.onExit().get();
    }

    assertThat(pool.run(runs.request(TestModules.noop()))).isInstanceOf(Finished.class);
  }

  @Test
  void appMayGrowToItsWholeLimitPageByPage() throws Exception {
    int limitPages = 64 * 16;
    var module = new WasmBuilder()
        .memory(1, 65_536)
        .start(code -> code.repeat(limitPages - 1, block -> block.i32(1).grow().drop())
            .i32(limitPages * 65_536 - 4)
            .load()
            .drop());
    var request = runs.request(module);

    assertThat(pool.run(request.withLimits(new RunLimits(Duration.ofMinutes(2), 64, 1 << 20, 8))))
        .isInstanceOf(Finished.class);
  }

  @Test
  void foldersOutsideTheTasksAreRefused() throws Exception {
    var request = runs.request(TestModules.noop());
    var outside = new RunRequest(
        request.app(),
        request.seed(),
        request.args(),
        request.env(),
        Path.of("/etc"),
        request.output(),
        request.limits(),
        request.access());

    assertThatThrownBy(() -> pool.run(outside)).hasMessageContaining("/etc");
  }

  private static RunRequest within(Duration time, RunRequest request) {
    var limits = request.limits();
    return request.withLimits(
        new RunLimits(time, limits.memoryMiB(), limits.outputBytes(), limits.outputFiles()));
  }

  private static void assertEndedIn(FailureCode code, RunOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }
}
