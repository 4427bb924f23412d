package io.ruche.scheduler;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything a scheduler holds; its parts share one. */
final class PoolState {
  private final SchedulerPolicy policy;
  private final Map<DealId, OpenDeal> deals = new LinkedHashMap<>();
  private final Map<TaskId, PoolTask> tasks = new LinkedHashMap<>();
  private final Workforce workforce = new Workforce();
  private final ReadyQueue ready = new ReadyQueue();
  private final Timers timers = new Timers();
  private final Outbox outbox = new Outbox();
  private final WorkerRecords records = new WorkerRecords();
  private @Nullable Instant drainedSince;

  PoolState(SchedulerPolicy policy) {
    this.policy = policy;
  }

  SchedulerPolicy policy() {
    return policy;
  }

  Map<DealId, OpenDeal> deals() {
    return deals;
  }

  Map<TaskId, PoolTask> tasks() {
    return tasks;
  }

  Workforce workforce() {
    return workforce;
  }

  ReadyQueue ready() {
    return ready;
  }

  Timers timers() {
    return timers;
  }

  Outbox outbox() {
    return outbox;
  }

  WorkerRecords records() {
    return records;
  }

  /** When the operator stopped the selling; null while the pool sells. */
  @Nullable
  Instant drainedSince() {
    return drainedSince;
  }

  void drainedSince(@Nullable Instant at) {
    drainedSince = at;
  }

  @Nullable
  PoolTask task(TaskId id) {
    return tasks.get(id);
  }

  /** The attempt if it exists; null for one of a settled task or one never given out. */
  @Nullable
  Attempt attempt(AttemptId id) {
    var task = tasks.get(id.task());
    return task == null ? null : task.attempts().find(id.number());
  }
}
