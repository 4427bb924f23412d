package io.ruche.sandbox.wasm;

import static io.ruche.sandbox.ProcessFacts.awaitEnd;
import static io.ruche.sandbox.ProcessFacts.awaitStill;
import static io.ruche.sandbox.ProcessFacts.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunOutcome.Finished;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.WasmBuilder;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real runs that stand still; their clock is the test's own. */
class PausedRunsTest {
  private static final int WAIT_SECONDS = 60;
  private static final int A_SHORT_WHILE = 100_000_000;

  @TempDir
  Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private final RunClock clock = new RunClock(nanos::get);

  /** One run on a pool of one runner, on a thread of its own. */
  private final class Run implements AutoCloseable {
    final RunnerPool pool;
    final ProcessHandle runner;
    final CountDownLatch talked = new CountDownLatch(1);
    final FutureTask<RunOutcome> outcome;
    final Thread caller;

    Run(Bubblewrap bubblewrap, WasmBuilder module, boolean isPausedBefore) throws Exception {
      var runs = new TestRuns(folder.toRealPath());
      pool = RunnerPool.start(settings(runs.root(), bubblewrap), clock);
      runner = ProcessHandle.of(pool.idleRunners().getFirst()).orElseThrow();
      if (isPausedBefore) {
        pool.pause();
      }
      var request = runs.request(module);
      outcome = new FutureTask<>(() -> pool.run(request, (stream, bytes) -> talked.countDown()));
      caller = Thread.ofPlatform().start(outcome);
    }

    void awaitTalk() throws InterruptedException {
      assertThat(talked.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** The runner, and what bubblewrap put between. */
    List<Long> processes() {
      return Stream.concat(Stream.of(runner), runner.descendants())
          .map(ProcessHandle::pid)
          .toList();
    }

    RunOutcome end() throws Exception {
      return outcome.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "WHERE_POSSIBLE"})
  void aRunThatStandsLongerThanItsRunTimeEndsWell(Bubblewrap bubblewrap) throws Exception {
    try (var run = new Run(bubblewrap, talkingFor(A_SHORT_WHILE), false)) {
      run.awaitTalk();

      run.pool.pause();
      awaitStill(run.processes());
      long before = ticks(run.processes());
      pass(TestRuns.LIMITS.runTime().multipliedBy(10));
      run.pool.pause();
      assertThat(ticks(run.processes())).isEqualTo(before);
      run.pool.resume();

      assertThat(run.end()).isInstanceOf(Finished.class);
      assertThat(run.pool.idleRunners()).containsExactly(run.runner.pid());
    }
  }

  @Test
  void aRunThatNeverEndsHasItsRunTimeAndThePauseButNoMore() throws Exception {
    try (var run = new Run(Bubblewrap.NEVER, endless(), false)) {
      run.awaitTalk();
      run.pool.pause();
      pass(Duration.ofDays(1));
      run.pool.resume();
      pass(TestRuns.LIMITS.runTime().minusNanos(1));
      assertThat(run.outcome.isDone()).isFalse();

      pass(Duration.ofNanos(1));

      assertFailed(FailureCode.TIMEOUT, run.end());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "WHERE_POSSIBLE"})
  void aRunThatIsCancelledWhileItStandsIsGoneAtOnce(Bubblewrap bubblewrap) throws Exception {
    try (var run = new Run(bubblewrap, endless(), false)) {
      run.awaitTalk();
      run.pool.pause();
      var processes = run.processes();

      long before = System.nanoTime();
      run.caller.interrupt();
      assertThatThrownBy(run::end).hasCauseInstanceOf(InterruptedException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isLessThan(RunnerProcess.CANCEL_GRACE);
      awaitEnd(processes);
      run.pool.resume();
      assertThat(run.pool.run(new TestRuns(folder.toRealPath()).request(TestModules.noop())))
          .isInstanceOf(Finished.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "WHERE_POSSIBLE"})
  void closingWhileARunStandsLeavesNoProcess(Bubblewrap bubblewrap) throws Exception {
    try (var run = new Run(bubblewrap, endless(), false)) {
      run.awaitTalk();
      run.pool.pause();
      var processes = run.processes();

      run.pool.close();

      assertFailed(FailureCode.INFRASTRUCTURE, run.end());
      awaitEnd(processes);
    }
  }

  @Test
  void aRunThatBeginsInAPauseStandsStillUntilItIsOver() throws Exception {
    try (var run = new Run(Bubblewrap.NEVER, endless(), true)) {
      awaitStill(run.processes());
      run.pool.resume();

      run.awaitTalk();
    }
  }

  /** The agent has no time to clean up, and what stands still hears nothing. */
  @ParameterizedTest
  @EnumSource(names = {"NEVER", "WHERE_POSSIBLE"})
  void anAgentThatIsKilledLeavesNoRunnerThatStands(Bubblewrap bubblewrap) throws Exception {
    var agent = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PausedAgentMain.class.getName(),
            folder.toRealPath().toString(),
            bubblewrap.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      var runners = told(agent);
      assertThat(runners).isNotEmpty();
      awaitStill(runners);

      agent.destroyForcibly();

      awaitEnd(runners);
    } finally {
      agent.destroyForcibly();
    }
  }

  private static List<Long> told(Process agent) throws IOException {
    var pids = new ArrayList<Long>();
    for (var line = agent.inputReader().readLine();
        line != null && !line.equals("paused");
        line = agent.inputReader().readLine()) {
      pids.add(Long.parseLong(line));
    }
    return pids;
  }

  private static RunnerSettings settings(Path root, Bubblewrap bubblewrap) {
    var plain = RunnerSettings.of(root, List.of()).withMaxMemoryMiB(16).withBubblewrap(bubblewrap);
    return bubblewrap == Bubblewrap.NEVER
        ? plain
        : plain.withEngines(EngineSettings.wherePossible(root.resolveSibling("engines")));
  }

  private static WasmBuilder endless() {
    return TestModules.talking(code -> code.forever(block -> {}));
  }

  private static WasmBuilder talkingFor(int loops) {
    return TestModules.talking(code -> code.repeat(loops, block -> {}));
  }

  private static void assertFailed(FailureCode code, RunOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
