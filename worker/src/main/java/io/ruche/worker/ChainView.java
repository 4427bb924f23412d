package io.ruche.worker;

import io.ruche.core.TaskStatus;

/**
 * How a task and this worker's contribution to it stand on chain.
 *
 * @param isConsensusOurs the task's consensus is on the digest that was asked about
 */
public record ChainView(TaskStatus task, Standing standing, boolean isConsensusOurs) {

  /** Status of the worker's contribution, in the hub's numbering. */
  public enum Standing {
    NONE,
    CONTRIBUTED,
    PROVED,
    REJECTED
  }

  boolean isOpenForContribution() {
    return task == TaskStatus.ACTIVE || task == TaskStatus.UNSET;
  }

  boolean isOurReveal() {
    return task == TaskStatus.REVEALING && isConsensusOurs;
  }
}
