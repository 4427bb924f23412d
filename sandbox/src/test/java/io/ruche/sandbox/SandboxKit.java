package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every sandbox keeps, whatever it runs. */
public abstract class SandboxKit {
  /** No log of a run is larger. */
  protected static final int MAX_LOG_BYTES = 1 << 20;

  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(2);
  private static final Duration A_SHORT_TIME = Duration.ofMillis(500);
  private static final Duration BUSY = Duration.ofMillis(30);

  /** Many ticks of the clock by which the system counts processor time. */
  private static final Duration NOTICEABLE = Duration.ofMillis(200);

  private static final long WAIT_SECONDS = 60;
  private static final long LOOK_NANOS = 5_000_000;

  /** The one under test, as workers have it. */
  protected abstract Sandbox sandbox();

  /** An app that ends with this exit code. */
  protected abstract RunRequest exits(int code) throws IOException;

  /** An app that writes this file into its output folder. */
  protected abstract RunRequest writes(String name, String content) throws IOException;

  /** An app that says something, then is busy for ever. */
  protected abstract RunRequest talksAndSpins() throws IOException;

  /** An app that says so many mebibytes and ends well. */
  protected abstract RunRequest floods(int mebibytes) throws IOException;

  /** A file that is no app of this kind. */
  protected abstract RunRequest isNoApp() throws IOException;

  /** Processor time of all runs since each began, as the system counts it. */
  protected Duration busyTime() throws IOException {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Fails when a run that ended left a process, a mount or a folder of the sandbox's own. */
  protected abstract void assertNothingLeft() throws IOException;

  @Test
  void whatTheAppWroteIsThereWhenItFinished() throws Exception {
    var request = writes("result.txt", "hello");

    assertThat(sandbox().run(request)).isInstanceOf(RunOutcome.Finished.class);

    assertThat(request.output().resolve("result.txt")).hasContent("hello");
    assertNothingLeft();
  }

  @Test
  void exitCodesAreTheApps() throws Exception {
    assertThat(sandbox().run(exits(0))).isInstanceOf(RunOutcome.Finished.class);
    assertThat(sandbox().run(exits(3))).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
      assertThat(failed.code()).isEqualTo(FailureCode.EXIT);
      assertThat(failed.exitCode()).isEqualTo(3);
    });
    assertNothingLeft();
  }

  @Test
  void whatIsNoAppIsTurnedAway() throws Exception {
    assertFailed(FailureCode.UNSUPPORTED, sandbox().run(isNoApp()));
    assertNothingLeft();
  }

  @Test
  void moreOutputThanAllowedEndsTheRun() throws Exception {
    var request = writes("result.txt", "12345678901");

    assertFailed(FailureCode.OUTPUT_LIMIT, sandbox().run(within(request, 10)));

    assertNothingLeft();
  }

  @Test
  void namesOfOurOwnAreRefused() throws Exception {
    assertFailed(FailureCode.INVALID_OUTPUT, sandbox().run(writes("ruche-failure.json", "{}")));
  }

  @Test
  void aRunOverItsTimeIsStoppedAndTheNextOneWorks() throws Exception {
    var endless = talksAndSpins();
    var limits = endless.limits();

    var outcome = sandbox()
        .run(endless.withLimits(new RunLimits(
            A_SHORT_TIME, limits.memoryMiB(), limits.outputBytes(), limits.outputFiles())));

    assertFailed(FailureCode.TIMEOUT, outcome);
    assertThat(sandbox().run(exits(0))).isInstanceOf(RunOutcome.Finished.class);
    assertNothingLeft();
  }

  @Test
  void logsAreCutOffAndWhatWasDroppedIsCounted() throws Exception {
    var heard = new AtomicLong();

    var outcome = sandbox().run(floods(3), (stream, bytes) -> heard.addAndGet(bytes.length));

    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    assertThat(outcome.logs().stdout().getBytes(StandardCharsets.UTF_8)).hasSize(MAX_LOG_BYTES);
    assertThat(outcome.logs().droppedBytes()).isEqualTo(2L * MAX_LOG_BYTES);
    assertThat(heard).hasValue(MAX_LOG_BYTES);
  }

  @Test
  void aCancelledRunIsGoneWithinTwoSeconds() throws Exception {
    try (var run = new Talking()) {
      long begin = System.nanoTime();
      run.cancel();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CANCELLED_WITHIN);
      assertNothingLeft();
    }
  }

  @Test
  void aPausedRunStandsStillGoesOnAndCanBeCancelled() throws Exception {
    try (var run = new Talking()) {
      sandbox().pause();
      LockSupport.parkNanos(NOTICEABLE.toNanos());
      var before = busyTime();
      LockSupport.parkNanos(NOTICEABLE.toNanos());
      assertThat(busyTime()).isEqualTo(before);

      sandbox().resume();
      await(() -> busyTimeNow().compareTo(before.plus(BUSY)) > 0);

      sandbox().pause();
      run.cancel();
      sandbox().resume();
      assertThat(sandbox().run(exits(0))).isInstanceOf(RunOutcome.Finished.class);
      assertNothingLeft();
    }
  }

  private Duration busyTimeNow() {
    try {
      return busyTime();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier isSo) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time for it to come true").isLessThan(end);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static RunRequest within(RunRequest request, long outputBytes) {
    var limits = request.limits();
    return request.withLimits(
        new RunLimits(limits.runTime(), limits.memoryMiB(), outputBytes, limits.outputFiles()));
  }

  public static void assertFailed(FailureCode code, RunOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.code())
                .as("%s %s", failed.detail(), failed.logs())
                .isEqualTo(code));
  }

  /** An endless run that has begun; its end here takes no patience. */
  private final class Talking implements AutoCloseable {
    private final FutureTask<RunOutcome> outcome;
    private final Thread caller;

    Talking() throws Exception {
      var talked = new CountDownLatch(1);
      var request = talksAndSpins();
      outcome =
          new FutureTask<>(() -> sandbox().run(request, (stream, bytes) -> talked.countDown()));
      caller = Thread.ofPlatform().start(outcome);
      assertThat(talked.await(WAIT_SECONDS, TimeUnit.SECONDS))
          .as("a run that talks")
          .isTrue();
    }

    void cancel() throws InterruptedException {
      caller.interrupt();
      caller.join();
      assertThat(outcome.state()).isEqualTo(FutureTask.State.FAILED);
      assertThat(outcome.exceptionNow()).isInstanceOf(InterruptedException.class);
    }

    @Override
    public void close() {
      caller.interrupt();
    }
  }
}
