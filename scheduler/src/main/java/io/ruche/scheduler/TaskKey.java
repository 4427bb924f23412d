package io.ruche.scheduler;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;

/** A task named by its deal and index, as {@code initialize} wants it. */
public record TaskKey(DealId deal, long index) {
  public TaskId task() {
    return TaskId.of(deal, index);
  }
}
