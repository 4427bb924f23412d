package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PausedProcessesTest {
  /** Answers a line with itself; the line {@code child} is answered with the number of one. */
  private static final String ECHO = """
      while read x; do
        if [ "$x" = child ]; then sleep 600 & echo $!; else echo $x; fi
      done
      """;

  private final Process process;
  private final PausedProcesses runs;
  private int known = 1;

  PausedProcessesTest() throws IOException {
    process = new ProcessBuilder("/bin/sh", "-c", ECHO).start();
    runs = new PausedProcesses(() -> Stream.of(process.toHandle()));
  }

  @AfterEach
  void end() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void processesStandStillAndGoOn() throws IOException {
    assertThat(runs.pause()).isTrue();
    assertThat(runs.pause()).isTrue();
    ProcessFacts.awaitStill(List.of(process.pid()));
    runs.resume();
    runs.resume();

    assertThat(ask("hello")).isEqualTo("hello");
    ProcessFacts.awaitMoving(process.pid());
  }

  @Test
  void whatAProcessStartedStandsStillToo() throws IOException {
    long child = Long.parseLong(ask("child"));

    assertThat(runs.pause()).isTrue();
    ProcessFacts.awaitStill(List.of(child));

    runs.resume();
    ProcessFacts.awaitMoving(child);
  }

  @Test
  void saidAgainItCatchesWhatCameUpMeanwhile() throws IOException {
    var later = new ProcessBuilder("/bin/sh", "-c", "read x").start();
    try {
      var all =
          new PausedProcesses(() -> Stream.of(process, later).limit(known).map(Process::toHandle));
      assertThat(all.pause()).isTrue();
      ProcessFacts.awaitMoving(later.pid());
      known = 2;

      assertThat(all.pause()).isTrue();
      ProcessFacts.awaitStill(List.of(later.pid()));

      all.resume();
      ProcessFacts.awaitMoving(process.pid());
      ProcessFacts.awaitMoving(later.pid());
    } finally {
      later.destroyForcibly();
    }
  }

  @Test
  void oneThatEndedMeanwhileKeepsNobody() throws InterruptedException {
    assertThat(runs.pause()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

    assertThat(runs.pause()).isTrue();
    runs.resume();
  }

  @Test
  void aMachineWithoutSignalsSaysSoAndStopsNothing() throws IOException {
    for (var shell : new String[] {"/none/sh", "/bin/false"}) {
      var without = new PausedProcesses(() -> Stream.of(process.toHandle()), shell);

      assertThat(without.pause()).as(shell).isFalse();
      without.resume();
    }

    assertThat(ask("still here")).isEqualTo("still here");
  }

  private String ask(String line) throws IOException {
    var out = process.outputWriter();
    out.write(line + "\n");
    out.flush();
    return process.inputReader().readLine();
  }
}
