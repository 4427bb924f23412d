package io.ruche.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up time per task or worker, in order of time, then of asking. A binary heap in which
 * each sleeper knows its place: a time changes at nearly every event, mostly by little.
 */
final class Timers {
  private final List<Wakeable> heap = new ArrayList<>();
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
      heap.add(sleeper);
      sleeper.place = heap.size() - 1;
    }
    settle(sleeper);
  }

  void clear(Wakeable sleeper) {
    int hole = sleeper.place;
    if (hole < 0) {
      return;
    }
    sleeper.place = -1;
    var last = heap.removeLast();
    if (last != sleeper) {
      put(last, hole);
      settle(last);
    }
  }

  Optional<Instant> next() {
    return heap.isEmpty() ? Optional.empty() : Optional.of(heap.getFirst().alarmAt);
  }

  /** Takes out the first sleeper whose time has come; null when all may sleep on. */
  @Nullable
  Wakeable pollDue(Instant now) {
    if (heap.isEmpty() || heap.getFirst().alarmAt.isAfter(now)) {
      return null;
    }
    var sleeper = heap.getFirst();
    clear(sleeper);
    return sleeper;
  }

  /** Brings it up or down to where its time belongs. */
  private void settle(Wakeable sleeper) {
    int place = up(sleeper, sleeper.place);
    put(sleeper, down(sleeper, place));
  }

  private int up(Wakeable sleeper, int from) {
    int place = from;
    while (place > 0 && sleeper.isDueBefore(heap.get(parent(place)))) {
      put(heap.get(parent(place)), place);
      place = parent(place);
    }
    return place;
  }

  private int down(Wakeable sleeper, int from) {
    int place = from;
    int child = earlierChild(place);
    while (child > 0 && heap.get(child).isDueBefore(sleeper)) {
      put(heap.get(child), place);
      place = child;
      child = earlierChild(place);
    }
    return place;
  }

  /** Negative when there is none. */
  private int earlierChild(int place) {
    int left = 2 * place + 1;
    int right = left + 1;
    if (left >= heap.size()) {
      return -1;
    }
    return right < heap.size() && heap.get(right).isDueBefore(heap.get(left)) ? right : left;
  }

  private static int parent(int place) {
    return (place - 1) / 2;
  }

  private void put(Wakeable sleeper, int place) {
    heap.set(place, sleeper);
    sleeper.place = place;
  }
}
