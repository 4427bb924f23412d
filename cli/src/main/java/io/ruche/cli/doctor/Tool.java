package io.ruche.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine that is asked something. */
final class Tool {
  private static final long LIMIT_SECONDS = 10;

  private Tool() {}

  /** First line that it prints when it ends well; empty when it is missing or fails. */
  static Optional<String> ask(String... command) {
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      try (var reader = process.inputReader()) {
        var line = reader.readLine();
        return process.exitValue() == 0
            ? Optional.of(line == null ? "" : line.strip())
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
