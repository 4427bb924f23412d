package io.ruche.server.pool;

import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.server.pool.TaskBoard.DealView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deals and tasks for the status pages: from the board, and from the chain where the board has
 * forgotten them, at most every few seconds. Any thread may call.
 */
public final class DealReader {
  private static final int MAX_CACHED_DEALS = 64;

  /** Tasks of one deal that are shown; later ones are found by their id. */
  private static final int MAX_TASKS = 20_000;

  private static final int READ_AT_ONCE = 100;

  /** Tasks read from the chain to complete one answer. */
  private static final int MAX_READ = 1_000;

  private static final Duration READ_EVERY = Duration.ofSeconds(2);

  private final TaskBoard board;
  private final PoolChain chain;
  private final InstantSource clock;
  private final Map<DealId, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);

  /** Ids of a deal's tasks, which cost a hash each, and when missing ones were read last. */
  private static final class Cached {
    private final List<TaskId> tasks;
    private Instant readAt = Instant.EPOCH;

    Cached(List<TaskId> tasks) {
      this.tasks = tasks;
    }
  }

  DealReader(TaskBoard board, PoolChain chain, InstantSource clock) {
    this.board = board;
    this.chain = chain;
    this.clock = clock;
  }

  public Optional<DealView> find(DealId id) {
    return board.deal(id);
  }

  public Optional<TaskView> task(TaskId id) {
    return board.task(id);
  }

  /** Tasks of the deal in the order of their indexes. */
  public List<TaskView> tasks(DealView view) {
    var cached = cached(view);
    completeFromChain(cached);
    var views = new ArrayList<TaskView>(cached.tasks.size());
    for (int i = 0; i < cached.tasks.size(); i++) {
      var id = cached.tasks.get(i);
      var task = board.task(id).orElse(TaskView.unset(id));
      views.add(task.of(view.deal().id(), view.deal().botFirst() + i));
    }
    return views;
  }

  private synchronized Cached cached(DealView view) {
    var known = cache.get(view.deal().id());
    if (known != null) {
      return known;
    }
    var deal = view.deal();
    var ids = new ArrayList<TaskId>();
    for (long i = 0; i < Math.min(deal.botSize(), MAX_TASKS); i++) {
      ids.add(deal.taskId(deal.botFirst() + i));
    }
    var cached = new Cached(List.copyOf(ids));
    cache.put(deal.id(), cached);
    if (cache.size() > MAX_CACHED_DEALS) {
      cache.remove(cache.keySet().iterator().next());
    }
    return cached;
  }

  /** Tasks that were settled before a restart are known to the chain only. */
  private void completeFromChain(Cached cached) {
    var now = clock.instant();
    synchronized (cached) {
      if (cached.readAt.plus(READ_EVERY).isAfter(now)) {
        return;
      }
      cached.readAt = now;
    }
    var missing = cached.tasks.stream()
        .filter(id -> board.task(id).isEmpty())
        .limit(MAX_READ)
        .toList();
    for (int i = 0; i < missing.size(); i += READ_AT_ONCE) {
      chain
          .tasks(missing.subList(i, Math.min(missing.size(), i + READ_AT_ONCE)))
          .forEach(task -> board.observed(task, now));
    }
  }
}
