package io.ruche.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceUnitTest {
  @TempDir
  Path folder;

  private final ServiceUnit unit = new ServiceUnit(
      "bob",
      List.of("/opt/my ruche/java", "-Xmx1m", "--settings=/home/bob/100%/$x/worker.json"),
      Path.of("/home/bob/.ruche"));

  @Test
  void unitStartsTheWorkerAgainAfterAFailureAndLetsItWriteItsHomeAlone() {
    assertThat(unit.text())
        .contains("ExecStart=\"/opt/my ruche/java\" -Xmx1m"
            + " --settings=/home/bob/100%%/$$x/worker.json\n")
        .contains("\nRestart=on-failure\n")
        .contains("\nProtectSystem=strict\nReadWritePaths=/home/bob/.ruche\n")
        .contains("\nNoNewPrivileges=yes\n")
        .contains("\nWantedBy=default.target\n");
  }

  @Test
  void nothingThatBubblewrapOrJavaCannotLiveWithIsSwitchedOn() {
    assertThat(unit.text().lines().filter(line -> !line.startsWith("#")))
        .noneMatch(line -> line.startsWith("RestrictNamespaces"))
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"))
        .noneMatch(line -> line.startsWith("ProtectKernel"))
        .noneMatch(line -> line.startsWith("ProcSubset"));
  }

  @Test
  void writingItTwiceLeavesOneUnit() throws Exception {
    var first = unit.install(folder);
    var second = unit.install(folder);

    assertThat(second).isEqualTo(first).hasFileName("ruche-bob.service");
    assertThat(Files.readString(first)).isEqualTo(unit.text());
    assertThat(unit.enabling()).last().asString().endsWith("enable --now ruche-bob.service");
  }
}
