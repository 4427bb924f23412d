package io.ruche.sdk;

import io.ruche.core.Category;
import io.ruche.core.Deal;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of some deals at one moment, as the chain has them.
 *
 * @param now time of the chain's newest block
 */
public record BagView(List<Entry> entries, Instant now) {
  public BagView {
    entries = List.copyOf(entries);
  }

  /** One task; an uninitialised one has a deal and an index all the same. */
  public record Entry(Deal deal, Category category, long index, OnChainTask task) {
    public TaskId id() {
      return deal.taskId(index);
    }

    public TaskStatus status() {
      return task.status();
    }

    /** After it nothing can complete the task, and its price can be claimed back. */
    public Instant finalDeadline() {
      return deal.startTime().plus(category.finalTime());
    }

    /** True when only a claim can end it. */
    public boolean isOverdue(Instant now) {
      return !status().isFinal() && now.isAfter(finalDeadline());
    }
  }

  /** The deals that the tasks are of, each once. */
  public List<Deal> deals() {
    return entries.stream().map(Entry::deal).distinct().toList();
  }

  public Map<TaskStatus, Integer> counts() {
    var counts = new EnumMap<TaskStatus, Integer>(TaskStatus.class);
    entries.forEach(entry -> counts.merge(entry.status(), 1, Integer::sum));
    return counts;
  }

  public int count(TaskStatus status) {
    return counts().getOrDefault(status, 0);
  }

  /** Tasks that missed their final deadline: their price can be claimed back. */
  public List<Entry> overdue() {
    return entries.stream().filter(entry -> entry.isOverdue(now)).toList();
  }

  /** True when no task can change any more but by a claim. */
  public boolean isEnded() {
    return entries.stream().allMatch(entry -> entry.status().isFinal() || entry.isOverdue(now));
  }
}
