package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ruche simulate} on a terminal, in a pipe and for programs; it never touches a home. */
class SimulateGoldenTest {
  private static final String[] SMALL = {"simulate", "--tasks", "2000", "--seed", "7"};

  @TempDir
  Path folder;

  @Test
  void tablesAndPlotOnATerminal() throws Exception {
    Golden.assertSame("simulate-terminal", terminal().run(SMALL).transcript());
    assertThat(folder.resolve("home")).doesNotExist();
  }

  /** The tables of docs/certification.md. */
  @Test
  void theTablesOfTheDocumentation() throws Exception {
    var steady = terminal().run("simulate", "--seed", "1").out();
    var patient = terminal().run("simulate", "--behave", "60", "--seed", "1").out();

    Golden.assertSame("simulate-steady", steady);
    Golden.assertSame("simulate-behave", patient);
    var page = Files.readString(Path.of("../docs/certification.md"));
    assertThat(page).contains(indented(steady)).contains(indented(patient));
  }

  private static String indented(String lines) {
    return lines
        .lines()
        .map(line -> line.isEmpty() ? line : "    " + line)
        .reduce((above, line) -> above + "\n" + line)
        .orElseThrow();
  }

  @Test
  void pipesAndProgramsGetTheSameRun() throws Exception {
    Golden.assertSame("simulate-pipe", Cli.inPipe(home()).run(SMALL).transcript());
    Golden.assertSame(
        "simulate-json",
        Cli.inPipe(home())
            .run("simulate", "--tasks", "2000", "--seed", "7", "-o", "json")
            .transcript());
  }

  @Test
  void theSeedThatWasDrawnIsPrintedAndRepeatsTheRun() {
    var drawn = terminal().run("simulate", "--tasks", "500");
    var seed = Long.toString(Cli.NOW.toEpochMilli());

    assertThat(drawn.out()).contains(seed);
    assertThat(terminal().run("simulate", "--tasks", "500", "--seed", seed)).isEqualTo(drawn);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--liars=1.5 | expected liars from 0 to 1, found 1.5.",
        "--tasks=0 | expected tasks from 1 to 5000000, found 0.",
        "--threshold=1 | expected a threshold from 0.5 to below 1, found 1.0.",
        "--trust=0 | expected trust from 1 to 2147483647, found 0."
      })
  void aNumberOutOfRangeIsAUsageError(String option, String sentence) {
    var outcome = terminal().run("simulate", option);

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(sentence).contains("See `ruche simulate --help`.");
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Cli terminal() {
    return Cli.onTerminal(home(), 90);
  }
}
