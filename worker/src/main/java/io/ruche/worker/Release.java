package io.ruche.worker;

import io.ruche.core.Signature;

/** When the pool hands out its authorization to contribute. */
public sealed interface Release {
  /** It came with the work: what the run gives is contributed at once. */
  record WithWork(Signature authorization) implements Release {}

  /** It comes after the worker's salted commit. */
  record AfterCommit() implements Release {}

  /**
   * It comes after the pool stored the result, and with it what finalizes the task: no stake is
   * locked.
   */
  record AfterResult() implements Release {}
}
