package io.ruche.cli.app;

import io.ruche.core.RunUsage;
import io.ruche.core.TaskFailure;
import io.ruche.manifest.Bytes;

/** How a run on this machine ended, as a waiting contract would be told. */
sealed interface LocalOutcome {
  /** The end of what the app wrote on standard error. */
  String log();

  RunUsage usage();

  record Answered(Bytes answer, String log, RunUsage usage) implements LocalOutcome {}

  /**
   * The app failed.
   *
   * @param reason one sentence for the developer; never goes on chain
   */
  record Failed(TaskFailure failure, String reason, String log, RunUsage usage)
      implements LocalOutcome {}
}
