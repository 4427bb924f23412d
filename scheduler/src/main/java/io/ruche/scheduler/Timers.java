package io.ruche.scheduler;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One wake-up time per task or worker, in order of time, then of asking. */
final class Timers {
  private final TreeMap<Instant, LinkedHashSet<Wakeable>> byTime = new TreeMap<>();
  private final Map<Wakeable, Instant> times = new HashMap<>();

  /** Replaces the former wake-up time. */
  void set(Wakeable sleeper, Instant at) {
    if (at.equals(times.get(sleeper))) {
      return;
    }
    clear(sleeper);
    times.put(sleeper, at);
    byTime.computeIfAbsent(at, time -> new LinkedHashSet<>()).add(sleeper);
  }

  void clear(Wakeable sleeper) {
    var at = times.remove(sleeper);
    if (at == null) {
      return;
    }
    var sleepers = byTime.get(at);
    if (sleepers != null) {
      sleepers.remove(sleeper);
      if (sleepers.isEmpty()) {
        byTime.remove(at);
      }
    }
  }

  Optional<Instant> next() {
    return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.firstKey());
  }

  /** Takes out the first sleeper whose time has come; null when all may sleep on. */
  @Nullable
  Wakeable pollDue(Instant now) {
    if (byTime.isEmpty() || byTime.firstKey().isAfter(now)) {
      return null;
    }
    var sleeper = byTime.firstEntry().getValue().getFirst();
    clear(sleeper);
    return sleeper;
  }
}
