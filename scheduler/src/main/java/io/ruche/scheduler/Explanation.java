package io.ruche.scheduler;

import io.ruche.core.TaskId;
import java.util.List;

/**
 * Why a task is where it is.
 *
 * @param stage one word, such as {@code queued} or {@code revealing}
 */
public record Explanation(TaskId task, String stage, List<Reason> reasons) {
  public Explanation {
    reasons = List.copyOf(reasons);
  }
}
