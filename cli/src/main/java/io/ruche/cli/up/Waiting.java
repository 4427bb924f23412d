package io.ruche.cli.up;

import io.ruche.cli.process.ProcessRecord;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Waits until a process that was started does what it is for, and tells apart why it does not. */
public final class Waiting {
  private static final long POLL_NANOS = 20_000_000;
  private static final int LOG_LINES = 8;
  private static final Pattern SENTENCE = Pattern.compile("([A-Z][A-Z_]{2,40}): (.*)");

  private Waiting() {}

  /**
   * Asks {@code probe} until it gives something.
   *
   * @throws RucheException PROCESS_DIED with the end of its log, or PROCESS_NOT_READY
   */
  public static <T> T until(ProcessRecord process, Duration limit, Supplier<Optional<T>> probe) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var found = probe.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isRunning()) {
        throw died(process);
      }
      if (System.nanoTime() > deadline) {
        throw new RucheException(
            "PROCESS_NOT_READY",
            "the %s (process %d) was not ready after %d s."
                .formatted(process.name(), process.pid(), limit.toSeconds()),
            "Look at its log: " + process.log(),
            true);
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new RucheException("CANCELLED", "the wait was interrupted.", "", false);
      }
    }
  }

  /** In the process's own words, when the last thing it said was a sentence with a code. */
  private static RucheException died(ProcessRecord process) {
    var tail = tail(process);
    var said = SENTENCE.matcher(tail.isEmpty() ? "" : tail.getLast());
    if (said.matches()) {
      return new RucheException(
          said.group(1),
          "the %s did not start: %s".formatted(process.name(), said.group(2)),
          "Its log is %s.".formatted(process.log()),
          false);
    }
    return new RucheException(
        "PROCESS_DIED",
        "the %s ended while it started; its log %s ends with:%n%s"
            .formatted(process.name(), process.log(), String.join("\n", tail)),
        "",
        false);
  }

  private static List<String> tail(ProcessRecord process) {
    try {
      var lines = Files.readAllLines(Path.of(process.log())).stream()
          .filter(line -> !line.isBlank())
          .toList();
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: %s)".formatted(e));
    }
  }
}
