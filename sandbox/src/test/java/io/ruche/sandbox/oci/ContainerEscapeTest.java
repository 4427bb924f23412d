package io.ruche.sandbox.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.SandboxKit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hostile images try; each attempt works once its guard is taken away. */
class ContainerEscapeTest {
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
  void rootFolderCannotBeWritten() throws Exception {
    assertKeptIn("echo x > /planted", Guard.READ_ONLY_ROOT, Guard.USER, Guard.CAPABILITIES);
  }

  @Test
  void networkOfTheMachineIsNotSeen() throws Exception {
    assertKeptIn("[ $(busybox ls /sys/class/net | busybox wc -l) -gt 1 ]", Guard.NETWORK);
  }

  @Test
  void processesOfTheMachineAreNotSeen() throws Exception {
    assertKeptIn(
        "busybox kill -0 " + ProcessHandle.current().pid(),
        Guard.OWN_PROCESSES,
        Guard.USER,
        Guard.CAPABILITIES);
  }

  @Test
  void processesAreBounded() throws Exception {
    assertKeptIn(
        "i=0; while [ $i -lt 300 ]; do busybox sleep 20 & i=$((i+1)); done; [ $i -eq 300 ]",
        Guard.PROCESS_LIMIT);
  }

  @Test
  void largeFileIsCutOff() throws Exception {
    var request = containers.script("busybox dd if=/dev/zero of=/iexec_out/x bs=1M count=50");

    SandboxKit.assertFailed(FailureCode.OUTPUT_LIMIT, containers.sandbox().run(request));

    assertThat(Files.size(request.output().resolve("x"))).isEqualTo((1 << 20) + 1);
  }

  @Test
  void manyFilesAreStoppedWhileTheyAreWritten() throws Exception {
    var request = containers.script("i=0; while true; do echo x > /iexec_out/$i; i=$((i+1)); done");

    SandboxKit.assertFailed(FailureCode.OUTPUT_LIMIT, containers.sandbox().run(request));
  }

  @Test
  void fillersOfTheDiskWorkWithoutTheWatch() throws Exception {
    var script = "i=0; while [ $i -lt 12 ]; do echo x > /iexec_out/$i; i=$((i+1)); done;"
        + " busybox sleep 1; busybox rm /iexec_out/*";

    SandboxKit.assertFailed(FailureCode.OUTPUT_LIMIT, run(script));

    assertThat(containers.without(Guard.DISK_WATCH).run(containers.script(script)))
        .isInstanceOf(RunOutcome.Finished.class);
  }

  @Test
  void largeFileIsWholeWithoutItsLimit() throws Exception {
    assertKeptIn(
        "busybox dd if=/dev/zero of=/iexec_out/x bs=1M count=5 && busybox rm /iexec_out/x",
        Guard.FILE_SIZE_LIMIT,
        Guard.DISK_WATCH);
  }

  @Test
  void memoryBombsEnd() throws Exception {
    assertKeptIn("busybox dd if=/dev/zero of=/dev/null bs=150M count=1", Guard.MEMORY_LIMIT);
  }

  @Test
  void filesOfTheMachineAndOfOtherRunsAreNotThere() throws Exception {
    var other = containers.script("true");
    var data = Files.writeString(other.input().resolve("data"), "of somebody else");

    var paths = String.join(" ", "/etc/shadow", "/root", "/home", data.toString());
    assertThat(run("for path in %s; do [ -e $path ] && exit 0; done; exit 1".formatted(paths)))
        .isInstanceOf(RunOutcome.Failed.class);
  }

  @Test
  void linkInTheOutputIsRefused() throws Exception {
    var script = "busybox ln -s /etc/passwd /iexec_out/link";

    SandboxKit.assertFailed(FailureCode.INVALID_OUTPUT, run(script));

    assertThat(containers.without(Guard.OUTPUT_CHECK).run(containers.script(script)))
        .isInstanceOf(RunOutcome.Finished.class);
  }

  @Test
  void floodOfOutputIsDropped() throws Exception {
    var outcome = run("busybox dd if=/dev/zero bs=1M count=20 2>/dev/null");

    assertThat(outcome.logs().stdout()).hasSize(ContainerRun.MAX_LOG_BYTES);
    assertThat(outcome.logs().droppedBytes()).isEqualTo(19L << 20);
  }

  @Test
  void environmentOfTheWorkerStaysOut() throws Exception {
    var names = run("busybox env").logs().stdout().lines().map(line -> line.replaceAll("=.*", ""));

    assertThat(names)
        .containsOnly(
            "PATH", "HOME", "IEXEC_TASK_INDEX", "HOSTNAME", "container", "TERM", "PWD", "SHLVL");
  }

  @Test
  void appHasNoRights() throws Exception {
    var status = run("busybox cat /proc/self/status").logs().stdout();

    assertThat(status)
        .containsPattern("CapEff:\\s+0{16}")
        .containsPattern("CapBnd:\\s+0{16}")
        .containsPattern("NoNewPrivs:\\s+1")
        .containsPattern("Seccomp:\\s+2")
        .doesNotContainPattern("Uid:\\s+0");
  }

  private static RunOutcome run(String script) throws Exception {
    return containers.sandbox().run(containers.script(script));
  }

  private static void assertKeptIn(String attempt, Guard... guards) throws Exception {
    assertThat(run(attempt)).as(attempt).isInstanceOf(RunOutcome.Failed.class);
    RunRequest again = containers.script(attempt);

    assertThat(containers.without(guards).run(again))
        .as("without its guard")
        .isInstanceOf(RunOutcome.Finished.class);
  }
}
