package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PausedProcessesTest {
  @Test
  void processesStandStillAndGoOn() throws IOException, InterruptedException {
    var process = new ProcessBuilder("/bin/sh", "-c", "while read x; do echo $x; done").start();
    try (var out = process.outputWriter();
        var in = process.inputReader()) {
      var runs = new PausedProcesses(() -> Stream.of(process.toHandle()));

      assertThat(runs.pause()).isTrue();
      assertThat(runs.pause()).isTrue();
      assertThat(state(process)).isEqualTo('T');
      runs.resume();
      out.write("hello\n");
      out.flush();

      assertThat(in.readLine()).isEqualTo("hello");
      assertThat(state(process)).isIn('S', 'R');
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static char state(Process process) throws IOException {
    var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
