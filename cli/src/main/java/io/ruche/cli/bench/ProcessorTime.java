package io.ruche.cli.bench;

import java.time.Duration;

/**
 * Processor time used so far, which says what work costs even where other programs run beside.
 *
 * @param own of this process
 * @param children of the processes that it started and that still run
 */
record ProcessorTime(Duration own, Duration children) {
  static ProcessorTime now() {
    var self = ProcessHandle.current();
    return new ProcessorTime(
        of(self), self.descendants().map(ProcessorTime::of).reduce(Duration.ZERO, Duration::plus));
  }

  /** Of one process; zero when it is gone, or where the system does not tell. */
  static Duration of(long pid) {
    return ProcessHandle.of(pid).map(ProcessorTime::of).orElse(Duration.ZERO);
  }

  private static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  ProcessorTime since(ProcessorTime earlier) {
    return new ProcessorTime(own.minus(earlier.own), children.minus(earlier.children));
  }
}
