package io.ruche.scheduler;

import io.ruche.core.Address;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one requester has at work and waiting; who has less at work is due before. */
final class Share implements Comparable<Share> {
  private final Address requester;
  private final Map<String, TreeSet<PoolTask>> waiting = new TreeMap<>();
  private long atWork;
  private long servedAt;

  Share(Address requester) {
    this.requester = requester;
  }

  Address requester() {
    return requester;
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  boolean isOver() {
    return waiting.isEmpty() && atWork == 0;
  }

  /** Its waiting tasks apart by kind, each earliest deadline first. */
  Iterable<? extends SortedSet<PoolTask>> byKind() {
    return waiting.values();
  }

  void waits(String kind, PoolTask task) {
    waiting.computeIfAbsent(kind, key -> new TreeSet<>()).add(task);
  }

  void waitsNoMore(String kind, PoolTask task) {
    var tasks = waiting.get(kind);
    if (tasks != null && tasks.remove(task) && tasks.isEmpty()) {
      waiting.remove(kind);
    }
  }

  /**
   * Counts runs that began or, when negative, ended.
   *
   * @param turn number of this change among all, which grows
   */
  void works(long change, long turn) {
    atWork += change;
    servedAt = change > 0 ? turn : servedAt;
  }

  /** Of equals, who was served longest ago. */
  @Override
  public int compareTo(Share other) {
    int byWork = Long.compare(atWork, other.atWork);
    int byTurn = byWork != 0 ? byWork : Long.compare(servedAt, other.servedAt);
    return byTurn != 0 ? byTurn : requester.compareTo(other.requester);
  }
}
