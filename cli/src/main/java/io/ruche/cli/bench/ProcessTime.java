package io.ruche.cli.bench;

import java.time.Duration;

/** Time that a process has kept processors busy. */
final class ProcessTime {
  private ProcessTime() {}

  /** Zero for a process that is gone, or where the system does not tell. */
  static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
