package io.ruche.server.chain;

import io.ruche.chain.hub.Contribution;
import io.ruche.core.Address;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.ChainEvent.ObservedContribution;
import io.ruche.scheduler.ChainEvent.TaskObserved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads tasks with their contributions. Each is a call of its own and a block may come in between,
 * so a task is read again after its contributions, and all of it once more until nothing changed:
 * half of one block and half of the next would be a task that never was.
 */
final class TaskReader {
  /** Times that a task which changes while it is read is read again. */
  private static final int MAX_READS = 8;

  private final Source source;

  /** What is read of a hub. */
  interface Source {
    List<OnChainTask> tasks(List<TaskId> ids);

    /** In the order of the workers. */
    List<Contribution> contributions(TaskId task, List<Address> workers);
  }

  TaskReader(Source source) {
    this.source = source;
  }

  /**
   * The tasks in this order, each as it was at one time.
   *
   * @throws RucheException CHAIN_UNSTEADY, retryable, when one changed during each of the reads
   */
  List<TaskObserved> read(List<TaskId> ids) {
    var seen = new HashMap<TaskId, TaskObserved>();
    var left = ids;
    for (int reads = 0; !left.isEmpty(); reads++) {
      if (reads == MAX_READS) {
        throw new RucheException(
            "CHAIN_UNSTEADY",
            "%d tasks, such as %s, changed during each of %d reads."
                .formatted(left.size(), left.getFirst(), MAX_READS),
            "They are read again.",
            true);
      }
      left = readSteady(left, seen);
    }
    return ids.stream().map(seen::get).map(Objects::requireNonNull).toList();
  }

  /** Fills in the tasks that stood still; the others are left. */
  private List<TaskId> readSteady(List<TaskId> ids, Map<TaskId, TaskObserved> seen) {
    var before = source.tasks(ids);
    var contributions = before.stream().map(this::contributions).toList();
    var after = source.tasks(ids);
    var left = new ArrayList<TaskId>();
    for (int i = 0; i < ids.size(); i++) {
      if (before.get(i).equals(after.get(i))) {
        seen.put(ids.get(i), new TaskObserved(after.get(i), contributions.get(i)));
      } else {
        left.add(ids.get(i));
      }
    }
    return left;
  }

  private List<ObservedContribution> contributions(OnChainTask task) {
    var workers = task.contributors();
    if (workers.isEmpty()) {
      return List.of();
    }
    var contributions = source.contributions(task.id(), workers);
    var seen = new ArrayList<ObservedContribution>(workers.size());
    for (int i = 0; i < workers.size(); i++) {
      var one = contributions.get(i);
      seen.add(new ObservedContribution(
          workers.get(i),
          ContributionStatus.valueOf(one.status().name()),
          one.resultHash(),
          one.weight()));
    }
    return seen;
  }
}
