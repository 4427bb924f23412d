package io.ruche.scheduler;

import java.time.Instant;

/** What sleeps until a time; {@link Timers} alone sets these fields. */
abstract sealed class Wakeable permits OpenDeal, PoolTask, WorkerSession {
  /** Without meaning while it has no place. */
  Instant alarmAt = Instant.MAX;

  long turn;

  /** In the heap of timers; negative when it is not there. */
  int place = -1;
}
