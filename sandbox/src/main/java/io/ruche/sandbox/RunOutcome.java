package io.ruche.sandbox;

import io.ruche.core.FailureCode;
import io.ruche.core.RunUsage;
import java.time.Duration;
import java.util.OptionalLong;

/** How a run ended. */
public sealed interface RunOutcome {
  RunLogs logs();

  /** What the run used of its fuel, where its runtime counts it: the same on every machine. */
  OptionalLong fuelUsed();

  /** The same with the time that the run took. */
  default RunUsage usageIn(Duration runTime) {
    var fuel = fuelUsed();
    return new RunUsage(fuel.isPresent() ? fuel.getAsLong() : null, runTime.toMillis());
  }

  /** The app ended with exit code 0 and its output keeps the rules. */
  record Finished(RunLogs logs, OptionalLong fuelUsed) implements RunOutcome {
    public Finished(RunLogs logs) {
      this(logs, OptionalLong.empty());
    }
  }

  /**
   * The app, or this machine, failed.
   *
   * @param exitCode the app's exit code for {@link FailureCode#EXIT}, else 0
   * @param detail one sentence for people; differs between machines, never goes on chain
   */
  record Failed(FailureCode code, int exitCode, String detail, RunLogs logs, OptionalLong fuelUsed)
      implements RunOutcome {
    public Failed(FailureCode code, int exitCode, String detail, RunLogs logs) {
      this(code, exitCode, detail, logs, OptionalLong.empty());
    }
  }

  /** A failure without logs and exit code. */
  static Failed failed(FailureCode code, String detail) {
    return new Failed(code, 0, detail, RunLogs.EMPTY);
  }
}
