package io.ruche.server.status;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerStatus;
import io.ruche.scheduler.TaskView;
import java.time.Instant;
import java.util.List;

/** A pool as its engine saw it at one moment. */
record PoolPicture(SchedulerStatus status, List<Row> tasks, Instant at) {
  PoolPicture {
    tasks = List.copyOf(tasks);
  }

  /**
   * A task.
   *
   * @param runs that go on or wait to be counted
   */
  record Row(
      TaskId task,
      DealId deal,
      long index,
      String stage,
      Instant contributeBy,
      int tries,
      int runs) {
    private static Row of(TaskView view) {
      int runs = (int) view.attempts().stream()
          .filter(one -> !one.state().equals("FAILED") && !one.state().equals("DROPPED"))
          .count();
      return new Row(
          view.id(),
          view.deal(),
          view.index(),
          view.stage(),
          view.contributionDeadline(),
          view.attempts().size(),
          runs);
    }
  }

  /** Drawn on the engine's thread. */
  static PoolPicture of(SchedulerEngine engine, Instant now) {
    return new PoolPicture(engine.status(), engine.tasks().stream().map(Row::of).toList(), now);
  }
}
