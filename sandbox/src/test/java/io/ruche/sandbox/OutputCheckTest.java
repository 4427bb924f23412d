package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own look at an output, which trusts no runner. */
class OutputCheckTest {
  private static final RunLimits LIMITS = new RunLimits(Duration.ofSeconds(1), 1, 10, 3);

  @TempDir
  Path output;

  @Test
  void outputWithinTheLimitsIsFine() throws IOException {
    Files.createDirectory(output.resolve("a"));
    Files.writeString(output.resolve("a/b"), "12345");
    Files.writeString(output.resolve("c"), "12345");

    assertThat(OutputCheck.check(output, LIMITS)).isEmpty();
  }

  @Test
  void tooManyBytesAreRefused() throws IOException {
    Files.writeString(output.resolve("a"), "12345678901");

    assertFailure(FailureCode.OUTPUT_LIMIT);
  }

  @Test
  void tooManyFilesAndFoldersAreRefused() throws IOException {
    for (var name : new String[] {"a", "b", "c", "d"}) {
      Files.createDirectory(output.resolve(name));
    }

    assertFailure(FailureCode.OUTPUT_LIMIT);
  }

  @Test
  void linksAreRefused() throws IOException {
    Files.createSymbolicLink(output.resolve("link"), Path.of("/etc/passwd"));

    assertFailure(FailureCode.INVALID_OUTPUT);
  }

  @Test
  void theReservedNameIsRefusedAtTheTopOnly() throws IOException {
    Files.createDirectory(output.resolve("a"));
    Files.writeString(output.resolve("a/ruche-failure.json"), "{}");
    assertThat(OutputCheck.check(output, LIMITS)).isEmpty();

    Files.writeString(output.resolve("ruche-failure.json"), "{}");
    assertFailure(FailureCode.INVALID_OUTPUT);
  }

  @Test
  void missingOutputIsTheMachinesFault() throws IOException {
    Files.delete(output);

    assertFailure(FailureCode.INFRASTRUCTURE);
    Files.createDirectory(output);
  }

  private void assertFailure(FailureCode code) {
    assertThat(OutputCheck.check(output, LIMITS).orElseThrow().code()).isEqualTo(code);
  }
}
