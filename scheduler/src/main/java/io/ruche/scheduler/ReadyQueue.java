package io.ruche.scheduler;

import io.ruche.core.App;
import io.ruche.core.MachineNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that want another run. In this order a worker gets:
 *
 * <ol>
 *   <li>what must start now to meet its deadline, earliest deadline first, whoever asked for it;
 *   <li>a task of the requester that has fewest runs at work, its earliest deadline first;
 *   <li>whatever else it can run.
 * </ol>
 *
 * <p>Deadlines come before fairness only where waiting on would miss one: then nobody gains by the
 * wait, and the pool loses its stake. A look-up examines a bounded number of tasks: the first few,
 * then on from where the worker's last look ended, so that every task is reached within a few
 * heartbeats however many are of no use to it.
 */
final class ReadyQueue {
  /** The kinds of app that a worker can offer to run; every other kind can only fail. */
  static final Set<String> RUNTIMES = Set.of("WASM", "NATIVE", "DOCKER");

  private static final String OTHER = "other";

  /** Tasks that need much of a machine do not stand before those that any machine can run. */
  private static final String PICKY = "+machine";

  private static final int URGENT_FEW = 32;
  private static final int MAX_REQUESTERS = 16;
  private static final int FEW_OF_ONE = 8;
  private static final int FURTHER_ON = 64;

  private final Map<String, TreeSet<PoolTask>> byKind = new TreeMap<>();
  private final Shares shares = new Shares();

  static boolean isKnownRuntime(App app) {
    return RUNTIMES.contains(app.type());
  }

  /** Tasks of one kind wait in one queue. */
  static String kindOf(App app, String runtime, MachineNeeds needs) {
    if (!isKnownRuntime(app)) {
      return OTHER;
    }
    return needs.isNone() ? runtime : runtime + PICKY;
  }

  void add(PoolTask task) {
    if (task.queuedAs() == null) {
      var kind = task.deal().kind();
      task.queued(kind);
      byKind.computeIfAbsent(kind, key -> new TreeSet<>()).add(task);
      shares.waits(kind, task);
    }
  }

  void remove(PoolTask task) {
    var kind = task.queuedAs();
    var tasks = kind == null ? null : byKind.get(kind);
    if (kind == null || tasks == null) {
      return;
    }
    task.queued(null);
    tasks.remove(task);
    shares.waitsNoMore(kind, task);
    if (tasks.isEmpty()) {
      byKind.remove(kind);
    }
  }

  int size() {
    return byKind.values().stream().mapToInt(Set::size).sum();
  }

  /** The earliest task of each kind of the requesters that are due next, at most {@code limit}. */
  List<PoolTask> firstOfEach(int limit) {
    var first = new ArrayList<PoolTask>();
    for (var share : shares.due()) {
      for (var tasks : share.byKind()) {
        if (first.size() == limit) {
          return first;
        }
        first.add(tasks.getFirst());
      }
    }
    return first;
  }

  /** Takes over how many runs of the task are at work now, for the fairness among requesters. */
  void atWork(PoolTask task, int runs) {
    shares.count(task, runs);
  }

  /** The task that this worker should get; null when none was found in this look. */
  @Nullable
  PoolTask findFor(
      WorkerSession worker, Predicate<PoolTask> isSuitable, Predicate<PoolTask> isUrgent) {
    var urgent = mostUrgent(isSuitable, isUrgent);
    if (urgent != null) {
      return urgent;
    }
    var fair = ofWhoHasLeast(isSuitable);
    return fair != null ? fair : furtherOn(worker, isSuitable);
  }

  private @Nullable PoolTask mostUrgent(
      Predicate<PoolTask> isSuitable, Predicate<PoolTask> isUrgent) {
    PoolTask best = null;
    for (var tasks : byKind.values()) {
      if (isUrgent.test(tasks.getFirst())) {
        best = earlier(best, firstOf(tasks, URGENT_FEW, isSuitable.and(isUrgent)));
      }
    }
    return best;
  }

  private @Nullable PoolTask ofWhoHasLeast(Predicate<PoolTask> isSuitable) {
    int looked = 0;
    for (var share : shares.due()) {
      if (looked++ == MAX_REQUESTERS) {
        return null;
      }
      PoolTask best = null;
      for (var tasks : share.byKind()) {
        best = earlier(best, firstOf(tasks, FEW_OF_ONE, isSuitable));
      }
      if (best != null) {
        return best;
      }
    }
    return null;
  }

  private static @Nullable PoolTask earlier(@Nullable PoolTask one, @Nullable PoolTask other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static @Nullable PoolTask firstOf(
      SortedSet<PoolTask> tasks, int few, Predicate<PoolTask> isSuitable) {
    int looked = 0;
    for (var task : tasks) {
      if (looked++ == few) {
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
    for (var tasks : byKind.values()) {
      var kind = tasks.getFirst().deal().kind();
      var mark = worker.bookmark(kind);
      var rest = mark == null ? tasks : tasks.tailSet(mark, false);
      for (var task : rest) {
        if (looked++ == FURTHER_ON) {
          return null;
        }
        worker.bookmark(kind, task);
        if (isSuitable.test(task)) {
          return task;
        }
      }
      worker.bookmark(kind, null);
    }
    return null;
  }
}
