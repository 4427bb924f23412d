package io.ruche.cli.process;

import java.time.Instant;
import java.util.List;

/** A process that was started here, as written to the run folder. */
public record ProcessRecord(
    String name, long pid, String identity, List<String> command, String log, Instant startedAt) {
  public ProcessRecord {
    command = List.copyOf(command);
  }

  /** True while the very process that was started still runs. */
  public boolean isRunning() {
    return ProcessIdentity.of(pid)
        .filter(found -> found.text().equals(identity))
        .isPresent();
  }
}
