package io.ruche.cli.process;

import io.ruche.agent.availability.ProcessMark;
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
    return new ProcessMark(pid, identity).isAlive();
  }
}
