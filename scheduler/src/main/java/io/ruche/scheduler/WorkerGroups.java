package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers workers that are alike, so that ten thousand of them are a few lines. */
final class WorkerGroups {
  /** Workers of a group that are named. */
  private static final int MAX_NAMED = 3;

  /** The largest groups are told, and how many workers are in the others. */
  private static final int MAX_GROUPS = 20;

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Integer> helped = new LinkedHashMap<>();

  private static final class Group {
    private final List<Address> named = new ArrayList<>();
    private final Reason first;
    private int size;

    Group(Reason first) {
      this.first = first;
    }
  }

  /**
   * Adds a worker by what stands against it.
   *
   * @param reasons all of them; the first one tells its group
   */
  void add(Address worker, List<Reason> reasons) {
    if (reasons.getFirst() instanceof Reason.OfWorker first) {
      var likeness = Likeness.of(first);
      add(worker, likeness.what(), first);
      if (reasons.size() == 1 && !likeness.remedy().isEmpty()) {
        helped.merge(likeness.remedy(), 1, Integer::sum);
      }
    }
  }

  /** Adds a worker that is what this says of several. */
  void add(Address worker, String what) {
    add(worker, what, new Reason.Alike(1, List.of(worker), what));
  }

  private void add(Address worker, String what, Reason first) {
    var group = groups.computeIfAbsent(what, key -> new Group(first));
    group.size++;
    if (group.named.size() < MAX_NAMED) {
      group.named.add(worker);
    }
  }

  /** One reason for each group, the largest first; then the one change that would help most. */
  List<Reason> reasons() {
    var reasons = new ArrayList<Reason>();
    var sorted = groups.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().size))
        .toList();
    int untold = 0;
    for (var entry : sorted) {
      var group = entry.getValue();
      if (reasons.size() == MAX_GROUPS) {
        untold += group.size;
      } else {
        reasons.add(
            group.size == 1
                ? group.first
                : new Reason.Alike(group.size, group.named, entry.getKey()));
      }
    }
    if (untold > 0) {
      reasons.add(new Reason.Alike(untold, List.of(), "have other reasons, each of few workers"));
    }
    helped.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(entry -> new Reason.WouldHelp(entry.getValue(), entry.getKey()))
        .ifPresent(reasons::add);
    return reasons;
  }
}
