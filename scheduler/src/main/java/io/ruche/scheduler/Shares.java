package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Who is due next: the requester that has fewest runs at work. So one that waits with a single task
 * is served before the next of another's thousands. Each change costs about the logarithm of the
 * number of requesters.
 */
final class Shares {
  private final Map<Address, Share> byRequester = new HashMap<>();
  private final TreeSet<Share> due = new TreeSet<>();
  private long turn;

  /** Requesters with waiting tasks, those with least at work first. */
  SortedSet<Share> due() {
    return due;
  }

  void waits(String kind, PoolTask task) {
    change(task, share -> share.waits(kind, task));
  }

  void waitsNoMore(String kind, PoolTask task) {
    change(task, share -> share.waitsNoMore(kind, task));
  }

  /** Takes over how many runs of the task are at work now. */
  void count(PoolTask task, int now) {
    int before = task.countedAtWork();
    if (now == before) {
      return;
    }
    task.countAtWork(now);
    change(task, share -> share.works(now - before, ++turn));
  }

  private void change(PoolTask task, Consumer<Share> action) {
    var requester = task.deal().terms().deal().requester();
    var share = byRequester.computeIfAbsent(requester, Share::new);
    due.remove(share);
    action.accept(share);
    if (share.isWaiting()) {
      due.add(share);
    }
    if (share.isOver()) {
      byRequester.remove(requester);
    }
  }
}
