package io.ruche.testkit;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.OnChainTask;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows about tasks from a hub's events alone, as a follower of the chain would rebuild it;
 * compared with what the hub's views say at the same block.
 */
public final class EventHistory {
  private static final Digest NOTHING = Digest.of(new byte[32]);

  private final Map<TaskId, Known> tasks = new HashMap<>();

  /** One task as the events tell it. */
  private static final class Known {
    private TaskStatus status = TaskStatus.UNSET;
    private final Map<Address, Digest> contributions = new LinkedHashMap<>();
    private final Set<Address> revealed = new LinkedHashSet<>();
    private Digest consensus = NOTHING;
    private @Nullable Digest digest;
    private String results = "";
  }

  public void add(HubLog log) {
    switch (log) {
      case HubLog.OrdersMatched _ -> {}
      case HubLog.TaskInitialize(var task) -> known(task).status = TaskStatus.ACTIVE;
      case HubLog.TaskContribute(var task, var worker, var hash) ->
        known(task).contributions.put(worker, hash);
      case HubLog.TaskConsensus(var task, var hash, var _) -> {
        known(task).status = TaskStatus.REVEALING;
        known(task).consensus = hash;
      }
      case HubLog.TaskReveal(var task, var worker, var digest) -> {
        known(task).revealed.add(worker);
        known(task).digest = digest;
      }
      case HubLog.TaskReopen(var task) -> {
        known(task).status = TaskStatus.ACTIVE;
        known(task).consensus = NOTHING;
      }
      case HubLog.TaskFinalize(var task, var results) -> {
        known(task).status = TaskStatus.COMPLETED;
        known(task).results = results;
      }
      case HubLog.TaskClaimed(var task) -> known(task).status = TaskStatus.FAILED;
      case HubLog.AccurateContribution _, HubLog.FaultyContribution _ -> {}
    }
  }

  private Known known(TaskId task) {
    return tasks.computeIfAbsent(task, key -> new Known());
  }

  /** How the view differs from what the events told; empty when they agree. */
  public List<String> differences(OnChainTask view) {
    var known = known(view.id());
    var found = new ArrayList<String>();
    compare(found, "status", known.status, view.status());
    compare(found, "contributors", List.copyOf(known.contributions.keySet()), view.contributors());
    compare(found, "reveals", known.revealed.size(), view.revealCount());
    if (known.status == TaskStatus.REVEALING || known.status == TaskStatus.COMPLETED) {
      compare(found, "consensus", known.consensus, view.consensusValue());
    }
    if (known.status == TaskStatus.COMPLETED) {
      compare(found, "digest", known.digest, view.resultDigest());
      compare(found, "results", known.results, view.results());
    }
    return found;
  }

  private static void compare(
      List<String> found, String what, @Nullable Object told, @Nullable Object seen) {
    if (told == null || !told.equals(seen)) {
      found.add("%s: the events tell %s, the view %s".formatted(what, told, seen));
    }
  }
}
