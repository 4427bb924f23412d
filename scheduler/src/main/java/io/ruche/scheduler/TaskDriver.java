package io.ruche.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Looks at a task and does what is due, whatever made it due; doing so twice changes nothing. */
final class TaskDriver {
  /** A task that cannot go on is looked at again no sooner. */
  private static final Duration SHORTEST_NAP = Duration.ofMillis(50);

  private final PoolState pool;
  private final DealDesk desk;
  private final ActiveStage active;
  private final RevealStage reveal;

  TaskDriver(PoolState pool, DealDesk desk, ActiveStage active, RevealStage reveal) {
    this.pool = pool;
    this.desk = desk;
    this.active = active;
    this.reveal = reveal;
  }

  void driveAll(Collection<PoolTask> tasks, Instant now) {
    if (tasks.isEmpty()) {
      return;
    }
    for (var task : tasks) {
      drive(task, now);
    }
  }

  void drive(PoolTask task, Instant now) {
    if (task.isForgotten()) {
      return;
    }
    task.sleep();
    if (task.deal().isGone()) {
      desk.driveGone(task, now);
    } else if (task.chain().isKnown()) {
      driveKnown(task, now);
    } else {
      lookFirst(task, now);
    }
    if (!task.isForgotten()) {
      pool.ready().atWork(task, task.attempts().atWork());
      var earliest = now.plus(SHORTEST_NAP);
      pool.timers().set(task, task.wakeAt().isBefore(earliest) ? earliest : task.wakeAt());
    }
  }

  /** Asks at once, and however many logs come meanwhile, once more after a while. */
  private void lookFirst(PoolTask task, Instant now) {
    if (!now.isBefore(task.lookDueAt())) {
      pool.outbox().observe(task.id());
      task.lookDueAt(now.plus(pool.policy().resendAfter()));
    }
    task.wakeBy(task.lookDueAt());
  }

  private void driveKnown(PoolTask task, Instant now) {
    task.noticeStatus();
    if (!task.chain().isSettled() && !now.isBefore(task.deadlines().claimable())) {
      desk.claim(task, now);
      return;
    }
    switch (task.chain().status()) {
      case UNSET -> desk.driveUnset(task, now);
      case ACTIVE -> {
        desk.initialized(task);
        active.drive(task, now);
      }
      case REVEALING -> {
        desk.initialized(task);
        reveal.drive(task, now);
      }
      case COMPLETED, FAILED -> {
        desk.initialized(task);
        desk.settle(task, now);
      }
    }
  }
}
