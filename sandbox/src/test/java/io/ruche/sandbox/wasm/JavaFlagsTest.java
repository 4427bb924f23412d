package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RunLimits;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.runner.GeneratedModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runners whose Java works differently give the same digests and the same fuel. */
class JavaFlagsTest {
  private static final RunLimits LIMITS =
      new RunLimits(Duration.ofMinutes(2), 16, 1 << 20, 8, 2_000_000);

  private static final List<List<String>> FLAGS = List.of(
      List.of(),
      List.of("-Xint", "-Xss256k"),
      List.of("-XX:TieredStopAtLevel=1", "-Xss4m"),
      List.of("-XX:-TieredCompilation"));

  @TempDir
  Path folder;

  @Test
  void sameModuleSameOutputAndFuelWhateverTheFlagsOfJava() throws Exception {
    var modules = GeneratedModules.with(3);
    var found = new ArrayList<List<String>>();
    for (var flags : FLAGS) {
      found.add(ends(flags, modules));
    }

    assertThat(found).containsOnly(found.getFirst());
  }

  private List<String> ends(List<String> flags, List<byte[]> modules) throws Exception {
    var runs = new TestRuns(Files.createTempDirectory(folder, "runs").toRealPath());
    var settings = RunnerSettings.of(runs.root(), List.of()).withMaxMemoryMiB(16);
    var process = new RunnerCommand(settings).plain();
    int java = process
        .command()
        .indexOf(Path.of(System.getProperty("java.home"), "bin/java").toString());
    process.command().addAll(java + 1, flags);
    var ends = new ArrayList<String>();
    try (var runner = RunnerProcess.start(process)) {
      for (var module : modules) {
        var request = runs.request(module).withLimits(LIMITS);
        var outcome = runner.run(request, RunListener.NONE, new RunClock());
        ends.add(described(outcome, request.output()));
      }
    }
    return ends;
  }

  private static String described(RunOutcome outcome, Path output) throws IOException {
    var file = output.resolve("dump");
    var digest = Files.exists(file) ? TestRuns.sha256(Files.readAllBytes(file)).hex() : "nothing";
    var code = outcome instanceof RunOutcome.Failed failed ? failed.code().name() : "Finished";
    return "%s %s %s".formatted(code, outcome.fuelUsed(), digest);
  }
}
