package io.ruche.worker;

import io.ruche.core.TaskId;

/** One numbered run of a task by this worker; numbers grow within a task. */
public record AttemptId(TaskId task, int number) {
  public AttemptId {
    if (number < 1) {
      throw new IllegalArgumentException("expected an attempt number from 1, found: " + number);
    }
  }

  @Override
  public String toString() {
    return task + "#" + number;
  }
}
