package io.ruche.server.status;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.SchedulerStatus;
import io.ruche.scheduler.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A pool as its engine saw it at one moment. */
record PoolPicture(SchedulerStatus status, List<Row> tasks, Instant at) {
  PoolPicture {
    tasks = List.copyOf(tasks);
  }

  private static final Set<String> UNDER_WAY = Set.of("ASSIGNED", "COMMITTED");

  /**
   * A task.
   *
   * @param runs that go on, or have ended and are not counted on chain yet
   */
  record Row(
      TaskId task,
      DealId deal,
      long index,
      String stage,
      Instant contributeBy,
      int tries,
      int runs) {
    static Row of(TaskView view) {
      int runs = (int) view.attempts().stream()
          .filter(one -> UNDER_WAY.contains(one.state()))
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
