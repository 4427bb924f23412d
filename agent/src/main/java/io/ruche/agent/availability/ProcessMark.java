package io.ruche.agent.availability;

import java.time.Instant;

/** Tells one process from a later one that got the same number. */
public record ProcessMark(long pid, Instant startedAt) {
  public static ProcessMark current() {
    return of(ProcessHandle.current());
  }

  private static ProcessMark of(ProcessHandle process) {
    var startedAt = process.info().startInstant().orElse(Instant.EPOCH);
    return new ProcessMark(process.pid(), startedAt);
  }

  public boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> of(process).equals(this))
        .isPresent();
  }
}
