package io.ruche.sandbox.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.SandboxKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciSandboxTest extends SandboxKit {
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

  @Override
  protected Sandbox sandbox() {
    return containers.sandbox();
  }

  @Override
  protected RunRequest exits(int code) throws IOException {
    return containers.script("exit " + code);
  }

  @Override
  protected RunRequest writes(String name, String content) throws IOException {
    return containers.script("echo -n %s > /iexec_out/%s".formatted(content, name));
  }

  @Override
  protected RunRequest talksAndSpins() throws IOException {
    return containers.script("echo started", "busybox sleep 100 & while true; do :; done");
  }

  @Override
  protected RunRequest floods(int mebibytes) throws IOException {
    return containers.script("busybox dd if=/dev/zero bs=1M 2>/dev/null count=" + mebibytes);
  }

  @Override
  protected RunRequest isNoApp() throws IOException {
    return containers.request(new byte[] {1, 2, 3});
  }

  /** Of the only container's first process; it is no child of ours. */
  @Override
  protected Duration busyTime() throws IOException {
    try (var files = Files.list(root.resolve("oci/pids"))) {
      var pid = Files.readString(files.findFirst().orElseThrow()).strip();
      return ProcessHandle.of(Long.parseLong(pid))
          .flatMap(process -> process.info().totalCpuDuration())
          .orElse(Duration.ZERO);
    }
  }

  /** At whatever step of its start it is stopped, the engine's helpers end with it. */
  @Test
  void nothingIsLeftOfAContainerThatIsStoppedWhileItStarts() throws Exception {
    for (int millis = 60; millis <= 480; millis += 60) {
      var limits = new RunLimits(Duration.ofMillis(millis), 64, 1 << 20, 8);
      var request = containers.script("busybox sleep 100").withLimits(limits);
      assertThat(containers.sandbox().run(request)).isInstanceOf(RunOutcome.Failed.class);
    }

    for (var process : ProcessHandle.allProcesses().toList()) {
      if (process.info().commandLine().orElse("").contains(root.toString())) {
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
      }
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
    for (int code : new int[] {125, 127}) {
      var outcome = containers.sandbox().run(exits(code));

      assertFailed(FailureCode.EXIT, outcome);
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

    assertFailed(FailureCode.UNSUPPORTED, outcome);
    assertNothingLeft();
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

  @Override
  protected void assertNothingLeft() throws IOException {
    try (var files = Files.list(root.resolve("oci/pids"))) {
      assertThat(files).isEmpty();
    }
    assertThat(Files.readString(Path.of("/proc/mounts")))
        .doesNotContain(root + "/oci/store/overlay/");
  }
}
