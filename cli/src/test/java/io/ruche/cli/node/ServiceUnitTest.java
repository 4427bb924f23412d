package io.ruche.cli.node;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
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

  /** Skipped by name where the tool is missing, unless the environment forbids that. */
  @Test
  void systemdFindsNothingToSay() throws Exception {
    if (System.getenv("RUCHE_REQUIRE_ALL") == null) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is not installed");
    }
    var odd = Files.createDirectories(folder.resolve("a $folder of 100%"));
    var program = Files.copy(Path.of("/bin/true"), odd.resolve("java"), COPY_ATTRIBUTES);
    var odder = new ServiceUnit("bob", List.of(program.toString(), "--home=" + odd + "/$x"), odd);
    var file = Files.writeString(folder.resolve(odder.fileName()), odder.text());

    var verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
        .redirectErrorStream(true)
        .start();
    var said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(verify.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains("ruche-bob"))).isEmpty();
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
