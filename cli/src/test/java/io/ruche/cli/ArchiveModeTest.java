package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command line behaves when it was unpacked from an archive. */
class ArchiveModeTest {
  private static final String PROPERTY = "ruche.archive";

  @TempDir
  Path home;

  @BeforeEach
  void unpack() {
    System.setProperty(PROPERTY, "true");
  }

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "demo", "demo chess", "bench bag", "bench call", "bench wasm"})
  void whatNeedsTheRepositorySaysSoInOneSentence(String command) {
    var outcome = Cli.inPipe(home).run(command.split(" "));

    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .startsWith("REPOSITORY_NEEDED: `ruche ")
        .contains("Node.js")
        .hasLineCount(1);
  }

  @Test
  void workerGetsItsOwnJarAloneWhereTheOthersLieBesideIt() {
    var packed = new Installation(home, home, "/a/x.jar:/a/ruche-agent-1.2.jar:/a/y.jar");
    var apart = new Installation(home, home, "/b/x.jar:/a/ruche-agent-1.2.jar:/c/y.jar");
    var unpacked = new Installation(home, home, "/a/agent/classes:/a/y.jar");

    assertThat(packed.agentClasspath()).isEqualTo("/a/ruche-agent-1.2.jar");
    assertThat(apart.agentClasspath()).isEqualTo("/b/x.jar:/a/ruche-agent-1.2.jar:/c/y.jar");
    assertThat(unpacked.agentClasspath()).isEqualTo("/a/agent/classes:/a/y.jar");
  }
}
