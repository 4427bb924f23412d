package io.ruche.scheduler;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up time per task, worker or deal, in order of time, then of asking. A binary heap in
 * which each sleeper knows its place: a time changes at nearly every event, mostly by little. The
 * times lie beside the sleepers, for what is compared is then next to each other in memory, however
 * many sleep.
 */
final class Timers {
  private static final int FIRST_CAPACITY = 64;
  private static final long NANOS = 1_000_000_000;

  /** In seconds; the difference between later times, from the year 2262 on, is not seen. */
  private static final long LATEST = Long.MAX_VALUE / NANOS - 1;

  private Wakeable[] heap = new Wakeable[FIRST_CAPACITY];
  private long[] dueAt = new long[FIRST_CAPACITY];
  private int size;
  private long turns;

  /** Replaces the former wake-up time. */
  void set(Wakeable sleeper, Instant at) {
    boolean isNew = sleeper.place < 0;
    if (!isNew && at.equals(sleeper.alarmAt)) {
      return;
    }
    sleeper.alarmAt = at;
    sleeper.turn = ++turns;
    if (isNew) {
      sleeper.place = addPlace();
    }
    settle(sleeper, nanos(at));
  }

  void clear(Wakeable sleeper) {
    int hole = sleeper.place;
    if (hole < 0) {
      return;
    }
    sleeper.place = -1;
    size--;
    var last = heap[size];
    long lastDueAt = dueAt[size];
    heap[size] = null;
    if (last != sleeper) {
      last.place = hole;
      settle(last, lastDueAt);
    }
  }

  Optional<Instant> next() {
    return size == 0 ? Optional.empty() : Optional.of(heap[0].alarmAt);
  }

  /** Takes out the first sleeper whose time has come; null when all may sleep on. */
  @Nullable
  Wakeable pollDue(Instant now) {
    if (size == 0 || heap[0].alarmAt.isAfter(now)) {
      return null;
    }
    var sleeper = heap[0];
    clear(sleeper);
    return sleeper;
  }

  private static long nanos(Instant at) {
    return Math.clamp(at.getEpochSecond(), -LATEST, LATEST) * NANOS + at.getNano();
  }

  private int addPlace() {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
      dueAt = Arrays.copyOf(dueAt, 2 * size);
    }
    return size++;
  }

  /** Brings it up or down to where its time belongs. */
  private void settle(Wakeable sleeper, long at) {
    put(sleeper, at, down(sleeper, at, up(sleeper, at, sleeper.place)));
  }

  private int up(Wakeable sleeper, long at, int from) {
    int place = from;
    while (place > 0 && isBefore(sleeper, at, (place - 1) / 2)) {
      int parent = (place - 1) / 2;
      put(heap[parent], dueAt[parent], place);
      place = parent;
    }
    return place;
  }

  private int down(Wakeable sleeper, long at, int from) {
    int place = from;
    int child = earlierChild(place);
    while (child > 0 && !isBefore(sleeper, at, child)) {
      put(heap[child], dueAt[child], place);
      place = child;
      child = earlierChild(place);
    }
    return place;
  }

  /** Negative when there is none. */
  private int earlierChild(int place) {
    int left = 2 * place + 1;
    int right = left + 1;
    if (left >= size) {
      return -1;
    }
    return right < size && isBefore(heap[right], dueAt[right], left) ? right : left;
  }

  /** Whether it is due before the one at this place. */
  private boolean isBefore(Wakeable sleeper, long at, int place) {
    return at != dueAt[place] ? at < dueAt[place] : sleeper.turn < heap[place].turn;
  }

  private void put(Wakeable sleeper, long at, int place) {
    heap[place] = sleeper;
    dueAt[place] = at;
    sleeper.place = place;
  }
}
