package io.ruche.scheduler;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Idle machines for one task, the best first; of equals, who waits longest. Mostly the first takes
 * the task, so the others are put in order only when a second one is asked for.
 */
final class Candidates {
  private final List<WorkerSession> workers;
  private final PoolTask task;
  private final Instant now;
  private int given;

  /**
   * Takes the list over.
   *
   * @param longestIdle who waits longest first
   */
  Candidates(List<WorkerSession> longestIdle, PoolTask task, Instant now) {
    this.workers = longestIdle;
    this.task = task;
    this.now = now;
  }

  /** The next best; null when all were given. */
  @Nullable
  WorkerSession next() {
    if (given == workers.size()) {
      return null;
    }
    if (given == 0) {
      workers.addFirst(workers.remove(best()));
    } else if (given == 1) {
      workers.subList(1, workers.size()).sort(Comparator.comparing(this::rank));
    }
    return workers.get(given++);
  }

  private int best() {
    int best = 0;
    var bestRank = rank(workers.getFirst());
    for (int i = 1; i < workers.size(); i++) {
      var rank = rank(workers.get(i));
      if (rank.compareTo(bestRank) < 0) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  private Rank rank(WorkerSession worker) {
    return worker.rankFor(task.deal(), now);
  }
}
