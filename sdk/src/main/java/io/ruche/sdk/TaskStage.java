package io.ruche.sdk;

/** Where a task stands, as the chain shows it. */
public enum TaskStage {
  /** Nobody initialised it. */
  UNSET,
  /** Started, and no worker has contributed. */
  WAITING_FOR_WORKERS,
  /** Contributions are in and do not settle it. */
  CONTRIBUTING,
  /** Its winners missed the reveal, and the pool opened it again. */
  REOPENED,
  /** Contributions count no more, and it is not settled. */
  CONTRIBUTIONS_CLOSED,
  /** Workers agree, and winners are to reveal. */
  REVEALING,
  /** No winner revealed in time; the pool may reopen it. */
  REVEALS_MISSED,
  /** Enough is revealed; the pool is to finalize it. */
  FINALIZING,
  COMPLETED,
  /** Completed with a failure that the workers agree on. */
  FAILURE_CERTIFIED,
  /** Completed, and the waiting contract refused the result. */
  CALLBACK_FAILED,
  /** Not finished in time: whoever paid can have the money back. */
  CLAIMABLE,
  /** Not finished in time, and the money is back. */
  CLAIMED
}
