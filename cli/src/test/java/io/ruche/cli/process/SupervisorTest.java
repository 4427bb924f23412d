package io.ruche.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.agent.availability.ProcessMark;
import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir
  Path home;

  private Supervisor supervisor;

  @BeforeEach
  void createSupervisor() {
    supervisor = new Supervisor(home.resolve("run"));
  }

  @AfterEach
  void stopEverything() {
    supervisor.stop(supervisor.records(), GRACE);
  }

  @Test
  void startedProcessRunsUntilItIsStopped() {
    var record = supervisor.start(shell("worker-1", "exec sleep 600"));

    assertThat(record.isRunning()).isTrue();
    assertThat(new Supervisor(home.resolve("run")).find("worker-1")).contains(record);

    supervisor.stop(List.of(record), GRACE);
    assertThat(record.isRunning()).isFalse();
    assertThat(supervisor.records()).isEmpty();
  }

  @Test
  void processUnderThePlainLocaleGetsOneThatCanNameAnyFile() throws Exception {
    var said = home.resolve("said");
    var script = "echo $LC_ALL >part; mv part said; exec sleep 600";
    var plain = shell("worker-1", script);

    supervisor.start(new Launch(
        plain.name(), plain.command(), Map.of("LC_ALL", "C"), plain.folder(), plain.log()));
    waitFor(said);

    assertThat(said).hasContent("C.UTF-8");
  }

  @Test
  void processThatIgnoresTheRequestIsEndedByForceWithItsChildren() throws Exception {
    var ready = home.resolve("ready");
    var record = supervisor.start(shell(
        "stubborn", "trap '' TERM; sleep 600 & echo $! >part; mv part ready; wait; sleep 600"));
    waitFor(ready);
    long child = Long.parseLong(Files.readString(ready).strip());

    supervisor.stop(List.of(record), Duration.ofMillis(100));

    assertThat(record.isRunning()).isFalse();
    assertThat(ProcessHandle.of(child).map(ProcessHandle::onExit).map(end -> end.join()))
        .satisfiesAnyOf(
            end -> assertThat(end).isEmpty(),
            end -> assertThat(end.orElseThrow().isAlive()).isFalse());
  }

  /** Its parent is a program that asks for no child; then Java takes it for alive. */
  @Test
  @Timeout(60)
  void processWhoseEndNobodyAskedForHasEnded() throws Exception {
    var ready = home.resolve("ready");
    supervisor.start(shell("parent", "sleep 600 & echo $! >part; mv part ready; exec sleep 600"));
    waitFor(ready);
    long pid = Long.parseLong(Files.readString(ready).strip());
    var identity = ProcessMark.of(pid).orElseThrow().identity();
    var child = new ProcessRecord("child", pid, identity, List.of("sleep"), "log", Instant.now());

    supervisor.stop(List.of(child), Duration.ofDays(1));

    assertThat(child.isRunning()).isFalse();
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).contains(true);
  }

  @Test
  void recycledNumberIsNeverTouched() {
    var stranger = supervisor.start(shell("stranger", "exec sleep 600"));
    var forged = new ProcessRecord(
        "mine", stranger.pid(), "another start", List.of("x"), "log", Instant.now());

    supervisor.stop(List.of(forged), GRACE);

    assertThat(stranger.isRunning()).isTrue();
  }

  @Test
  void outputGoesToTheLog() throws Exception {
    supervisor.start(shell("talker", "echo out; echo err >&2; exec sleep 600"));

    var log = home.resolve("logs/talker.log");
    waitForText(log, "err");

    assertThat(Files.readAllLines(log)).containsExactly("out", "err");
  }

  @Test
  void missingProgramIsNamed() {
    var launch =
        new Launch("ghost", List.of("/nowhere/program"), Map.of(), home, home.resolve("l"));

    assertThatThrownBy(() -> supervisor.start(launch))
        .isInstanceOfSatisfying(
            RucheException.class,
            failure -> assertThat(failure.code()).isEqualTo("PROCESS_START_FAILED"))
        .hasMessageContaining("/nowhere/program");
  }

  @Test
  void corruptRecordIsReportedWithItsFile() throws Exception {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/worker-1.json"), "{\"name\":");

    assertThatThrownBy(supervisor::records)
        .isInstanceOfSatisfying(
            RucheException.class, failure -> assertThat(failure.code()).isEqualTo("STATE_CORRUPT"))
        .hasMessageContaining("worker-1.json");
    Files.delete(home.resolve("run/worker-1.json"));
  }

  private Launch shell(String name, String script) {
    return new Launch(
        name,
        List.of("/bin/sh", "-c", script),
        Map.of(),
        home,
        home.resolve("logs").resolve(name + ".log"));
  }

  private static void waitFor(Path file) throws Exception {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
  }

  private static void waitForText(Path file, String text) throws Exception {
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      Thread.onSpinWait();
    }
  }
}
