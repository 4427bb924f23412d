package io.ruche.scheduler;

import io.ruche.core.App;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that want another run, earliest deadline first, apart by the runtime that they need. A
 * look-up examines a bounded number of tasks: the first few, then on from where the worker's last
 * look ended, so that every task is reached within a few heartbeats however many are of no use to
 * it.
 */
final class ReadyQueue {
  /** The kinds of app that a worker can offer to run; every other kind can only fail. */
  static final Set<String> RUNTIMES = Set.of("WASM", "NATIVE", "DOCKER");

  private static final String OTHER = "other";
  private static final int FIRST_FEW = 32;
  private static final int FURTHER_ON = 64;

  private final Map<String, TreeSet<PoolTask>> byRuntime = new TreeMap<>();

  static boolean isKnownRuntime(App app) {
    return RUNTIMES.contains(app.type());
  }

  void add(PoolTask task) {
    byRuntime.computeIfAbsent(kindOf(task), kind -> new TreeSet<>()).add(task);
  }

  void remove(PoolTask task) {
    var tasks = byRuntime.get(kindOf(task));
    if (tasks != null && tasks.remove(task) && tasks.isEmpty()) {
      byRuntime.remove(kindOf(task));
    }
  }

  int size() {
    return byRuntime.values().stream().mapToInt(Set::size).sum();
  }

  /** The most urgent task found for this worker; null when none was found in this look. */
  @Nullable
  PoolTask findFor(WorkerSession worker, Predicate<PoolTask> isSuitable) {
    PoolTask best = null;
    for (var tasks : byRuntime.values()) {
      var found = firstOf(tasks, isSuitable);
      if (found != null && (best == null || found.compareTo(best) < 0)) {
        best = found;
      }
    }
    return best != null ? best : furtherOn(worker, isSuitable);
  }

  private static @Nullable PoolTask firstOf(Set<PoolTask> tasks, Predicate<PoolTask> isSuitable) {
    int looked = 0;
    for (var task : tasks) {
      if (looked++ == FIRST_FEW) {
        return null;
      }
      if (isSuitable.test(task)) {
        return task;
      }
    }
    return null;
  }

  private @Nullable PoolTask furtherOn(WorkerSession worker, Predicate<PoolTask> isSuitable) {
    int looked = 0;
    for (var tasks : byRuntime.values()) {
      var mark = worker.bookmark(kindOf(tasks.getFirst()));
      var rest = mark == null ? tasks : tasks.tailSet(mark, false);
      for (var task : rest) {
        if (looked++ == FURTHER_ON) {
          return null;
        }
        worker.bookmark(kindOf(task), task);
        if (isSuitable.test(task)) {
          return task;
        }
      }
      worker.bookmark(kindOf(tasks.getFirst()), null);
    }
    return null;
  }

  private static String kindOf(PoolTask task) {
    var deal = task.deal();
    return isKnownRuntime(deal.terms().app()) ? deal.runtime() : OTHER;
  }
}
