package io.ruche.scheduler;

import io.ruche.core.TaskId;

/**
 * One numbered run of a task by one worker. Numbers grow within a task and are never used twice.
 */
public record AttemptId(TaskId task, int number) implements Comparable<AttemptId> {
  public AttemptId {
    if (number < 1) {
      throw new IllegalArgumentException("expected an attempt number from 1, found: " + number);
    }
  }

  @Override
  public int compareTo(AttemptId other) {
    int byTask = task.compareTo(other.task);
    return byTask != 0 ? byTask : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return task + "#" + number;
  }
}
