package io.ruche.server.pool;

import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import io.ruche.scheduler.SchedulerEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings facts to the journal in their order: at once when one of them binds, else together with
 * the next that does, or after a short while. Used by the engine's thread only.
 */
final class FactWriter {
  /** What does not bind waits for company no longer than this. */
  static final Duration LONGEST_WAIT = Duration.ofMillis(50);

  /** Facts appended before the journal is replaced by a snapshot. */
  private static final int FACTS_PER_SNAPSHOT = 100_000;

  private final Journal journal;
  private final PoolMeter meter;
  private final List<Fact> waiting = new ArrayList<>();
  private long waitingSince;
  private int sinceSnapshot;

  FactWriter(Journal journal, PoolMeter meter) {
    this.journal = journal;
    this.meter = meter;
  }

  /** Takes what was decided; when this returns, whatever binds is on disk. */
  void add(List<Fact> facts) {
    if (waiting.isEmpty()) {
      waitingSince = System.nanoTime();
    }
    waiting.addAll(facts);
    if (facts.stream().anyMatch(Fact::bindsPool)) {
      flush();
    }
  }

  /** Appends what has waited long enough. */
  void flushOverdue() {
    if (left().isZero()) {
      flush();
    }
  }

  /** How much longer facts may wait; {@link #LONGEST_WAIT} when none does. */
  Duration left() {
    if (waiting.isEmpty()) {
      return LONGEST_WAIT;
    }
    long left = waitingSince + LONGEST_WAIT.toNanos() - System.nanoTime();
    return Duration.ofNanos(Math.max(0, left));
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Appends all that waits. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    journal.append(List.copyOf(waiting));
    meter.synced(waiting, System.nanoTime() - start);
    sinceSnapshot += waiting.size();
    waiting.clear();
  }

  /** Replaces a long journal by a snapshot of the engine, which has decided all that waits. */
  void compactLong(SchedulerEngine engine) {
    if (sinceSnapshot >= FACTS_PER_SNAPSHOT) {
      compact(engine);
    }
  }

  /** Replaces the journal by a snapshot. */
  void compact(SchedulerEngine engine) {
    journal.compact(engine.snapshot());
    waiting.clear();
    sinceSnapshot = 0;
  }
}
