package io.ruche.sandbox;

import io.ruche.core.FailureCode;

/** How a run ended. */
public sealed interface RunOutcome {
  RunLogs logs();

  /** The app ended with exit code 0 and its output keeps the rules. */
  record Finished(RunLogs logs) implements RunOutcome {}

  /**
   * The app, or this machine, failed.
   *
   * @param exitCode the app's exit code for {@link FailureCode#EXIT}, else 0
   * @param detail one sentence for people; differs between machines, never goes on chain
   */
  record Failed(FailureCode code, int exitCode, String detail, RunLogs logs)
      implements RunOutcome {}

  /** A failure without logs and exit code. */
  static Failed failed(FailureCode code, String detail) {
    return new Failed(code, 0, detail, RunLogs.EMPTY);
  }
}
