package io.ruche.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine that is asked something. */
final class Tool {
  private static final long LIMIT_SECONDS = 30;

  /** What a longer answer has is not read. */
  private static final int MAX_LINES = 100;

  private Tool() {}

  /**
   * What a program said.
   *
   * @param isWell it ended well
   */
  record Told(boolean isWell, List<String> lines) {
    Told {
      lines = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    String first() {
      return lines.isEmpty() ? "" : lines.getFirst();
    }

    String last() {
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
  }

  /** First line that it prints when it ends well; empty when it is missing or fails. */
  static Optional<String> ask(String... command) {
    return Optional.of(tell(List.of(command))).filter(Told::isWell).map(Told::first);
  }

  /** All that it prints, short as it is; one that is missing or takes too long says so. */
  static Told tell(List<String> command) {
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Told(false, List.of("no answer within %d s".formatted(LIMIT_SECONDS)));
      }
      try (var reader = process.inputReader()) {
        return new Told(
            process.exitValue() == 0, reader.lines().limit(MAX_LINES).toList());
      }
    } catch (IOException e) {
      return new Told(false, List.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Told(false, List.of("interrupted"));
    }
  }
}
