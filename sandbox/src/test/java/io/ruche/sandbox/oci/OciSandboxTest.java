package io.ruche.sandbox.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciSandboxTest {
  @TempDir
  static Path root;

  static Containers containers;

  @BeforeAll
  static void start() throws Exception {
    containers = Containers.start(root);
  }

  @AfterAll
  static void stop() {
    if (containers != null) {
      containers.close();
    }
  }

  @Test
  void imageReadsItsInputAndWritesItsOutput() throws Exception {
    var request = containers.script(
        "busybox cat /iexec_in/word > /iexec_out/result",
        "echo $IEXEC_TASK_INDEX",
        "echo oops >&2");
    Files.writeString(request.input().resolve("word"), "honey");

    var outcome = containers.sandbox().run(request);

    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
    assertThat(outcome.logs().stdout()).isEqualTo("7\n");
    assertThat(outcome.logs().stderr()).isEqualTo("oops\n");
    assertThat(request.output().resolve("result")).hasContent("honey");
    assertNothingLeft();
  }

  @Test
  void exitCodesOfTheAppAreNotTakenForTheEngines() throws Exception {
    for (int code : new int[] {3, 125, 127}) {
      var outcome = containers.sandbox().run(containers.script("exit " + code));

      assertFailed(outcome, FailureCode.EXIT);
      assertThat(((RunOutcome.Failed) outcome).exitCode()).isEqualTo(code);
    }
    assertNothingLeft();
  }

  @Test
  void imageWithoutItsProgramIsUnsupported() throws Exception {
    var layer = new TarFile().add("readme", 0644, new byte[] {'x'}).bytes();
    var archive =
        ProbeImage.archive(ImageStore.architecture(), layer, "\"Entrypoint\":[\"/missing\"]");

    var outcome = containers.sandbox().run(containers.request(archive));

    assertFailed(outcome, FailureCode.UNSUPPORTED);
    assertNothingLeft();
  }

  @Test
  void archiveThatHoldsNoImageIsNotRun() throws Exception {
    var outcome = containers.sandbox().run(containers.request(new byte[] {1, 2, 3}));

    assertFailed(outcome, FailureCode.UNSUPPORTED);
  }

  @Test
  void runThatTakesTooLongIsStopped() throws Exception {
    var request = containers.script("busybox sleep 100");

    var outcome = containers.sandbox().run(request.withLimits(runTime(Duration.ofSeconds(2))));

    assertFailed(outcome, FailureCode.TIMEOUT);
    assertNothingLeft();
  }

  @Test
  void cancelledRunIsGoneWithinTwoSeconds() throws Exception {
    var started = new CountDownLatch(1);
    var request = containers.script("echo started", "busybox sleep 100 & busybox sleep 100");
    var run = new FutureTask<>(
        () -> containers.sandbox().run(request, (stream, bytes) -> started.countDown()));
    var thread = Thread.ofVirtual().start(run);
    started.await();

    long begin = System.nanoTime();
    thread.interrupt();
    thread.join();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(run.state()).isEqualTo(FutureTask.State.FAILED);
    assertThat(run.exceptionNow()).isInstanceOf(InterruptedException.class);
    assertNothingLeft();
  }

  @Test
  void pausedRunStandsStillAndCanBeCancelled() throws Exception {
    var started = new CountDownLatch(1);
    var request = containers.script("echo started", "while true; do :; done");
    var run = new FutureTask<>(
        () -> containers.sandbox().run(request, (stream, bytes) -> started.countDown()));
    var thread = Thread.ofVirtual().start(run);
    started.await();

    containers.sandbox().pause();
    long used = usedTicks();
    containers.sandbox().pause();
    assertThat(usedTicks()).isEqualTo(used);

    thread.interrupt();
    thread.join();
    containers.sandbox().resume();
    assertNothingLeft();
  }

  /** Processor time of the only container's first process. */
  private static long usedTicks() throws IOException {
    try (var files = Files.list(root.resolve("oci/pids"))) {
      var pid = Files.readString(files.findFirst().orElseThrow()).strip();
      var words = Files.readString(Path.of("/proc", pid, "stat")).split(" ", -1);
      return Long.parseLong(words[13]);
    }
  }

  @Test
  void memoryBeyondTheLimitEndsTheRun() throws Exception {
    var outcome = containers
        .sandbox()
        .run(containers.script("busybox dd if=/dev/zero of=/dev/null bs=300M count=1"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.code())
                .isIn(
                    FailureCode.MEMORY, FailureCode.CRASH)); // podman 4 on old groups says no more
  }

  @Test
  void imageIsLoadedOnce() throws Exception {
    var archive = Containers.shellImage(",\"Labels\":{\"a\":\"b\"}");
    var first = containers.request(archive, "true");
    containers.sandbox().run(first);
    Files.delete(((RunRequest.App.AppFile) first.app()).file());

    var outcome = containers.sandbox().run(containers.request(first.app(), "true"));

    assertThat(outcome).isInstanceOf(RunOutcome.Finished.class);
  }

  private static RunLimits runTime(Duration time) {
    var limits = Containers.LIMITS;
    return new RunLimits(time, limits.memoryMiB(), limits.outputBytes(), limits.outputFiles());
  }

  static void assertFailed(RunOutcome outcome, FailureCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.code())
                .as("%s %s", failed.detail(), failed.logs())
                .isEqualTo(code));
  }

  static void assertNothingLeft() throws IOException {
    try (var files = Files.list(root.resolve("oci/pids"))) {
      assertThat(files).isEmpty();
    }
    assertThat(Files.readString(Path.of("/proc/mounts")))
        .doesNotContain(root + "/oci/store/overlay/");
  }
}
