package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The machines of the pool, whom they work for, those with a free slot, and what they can run. */
final class Workforce {
  /** Machines of former times of which is remembered how they worked. */
  private static final int MAX_RECORDS = 20_000;

  private final Map<Address, WorkerSession> machines = new LinkedHashMap<>();
  private final Map<Address, Contributor> contributors = new HashMap<>();
  private final LinkedHashSet<WorkerSession> idle = new LinkedHashSet<>();
  private final Map<Address, Integer> connectedByOwner = new HashMap<>();
  private final Map<String, Integer> connectedByRuntime = new HashMap<>();
  private final Map<Address, AttemptId> distrusted = new TreeMap<>();
  private final Bans bans = new Bans();
  private int connected;
  private final Map<Address, TrackRecord> formerRecords = new LinkedHashMap<>(16, 0.75f, true);

  @Nullable
  WorkerSession find(Address machine) {
    return machines.get(machine);
  }

  @Nullable
  Contributor contributor(Address worker) {
    return contributors.get(worker);
  }

  Collection<WorkerSession> all() {
    return machines.values();
  }

  /** Takes a machine in that is not known yet. */
  WorkerSession add(Address machine, Address worker, Address owner, Instant now, Instant lostAt) {
    var contributor = contributors.computeIfAbsent(worker, Contributor::new);
    var session = new WorkerSession(machine, contributor, owner, now, lostAt);
    var record = formerRecords.remove(machine);
    if (record != null) {
      session.worked(record);
    }
    contributor.add(session);
    machines.put(machine, session);
    return session;
  }

  void remove(WorkerSession session) {
    idle.remove(session);
    machines.remove(session.machine());
    session.contributor().remove(session);
    if (session.contributor().machines().isEmpty()) {
      contributors.remove(session.worker());
    }
    formerRecords.put(session.machine(), session.record());
    forgetOldest();
  }

  void connected(WorkerSession session) {
    count(session, 1);
  }

  void disconnected(WorkerSession session) {
    idle.remove(session);
    count(session, -1);
  }

  /** Puts the machine at the end of the line of idle ones, or takes it out. */
  void slotsChanged(WorkerSession session) {
    idle.remove(session);
    if (session.isConnected() && session.freeSlots() > 0) {
      idle.add(session);
    }
  }

  /** The machines that waited longest for work, at most {@code limit}. */
  List<WorkerSession> longestIdle(int limit) {
    var first = new ArrayList<WorkerSession>(Math.min(limit, idle.size()));
    for (var session : idle) {
      if (first.size() == limit) {
        break;
      }
      first.add(session);
    }
    return first;
  }

  int idleCount() {
    return idle.size();
  }

  int connectedOwners() {
    return connectedByOwner.size();
  }

  boolean isOffered(String runtime) {
    return offering(runtime) > 0;
  }

  /** Connected machines that can run this. */
  int offering(String runtime) {
    return connectedByRuntime.getOrDefault(runtime, 0);
  }

  Set<String> offeredRuntimes() {
    return new TreeSet<>(connectedByRuntime.keySet());
  }

  boolean isConnected(Address machine) {
    var session = machines.get(machine);
    return session != null && session.isConnected();
  }

  /** Voting weight of this worker as far as known, a new worker's otherwise. */
  long weightOf(Address worker) {
    var contributor = contributors.get(worker);
    return contributor == null ? Consensus.FRESH_WEIGHT : contributor.weight();
  }

  /** The worker gets no more work, on any machine; {@code attempt} is the one it lied in. */
  void distrust(Address worker, AttemptId attempt) {
    distrusted.putIfAbsent(worker, attempt);
  }

  List<Fact> distrustedFacts() {
    var facts = new ArrayList<Fact>();
    distrusted.forEach((worker, attempt) -> facts.add(new Fact.WorkerDistrusted(worker, attempt)));
    return facts;
  }

  boolean isDistrusted(Address worker) {
    return distrusted.containsKey(worker);
  }

  Bans bans() {
    return bans;
  }

  /** Why the operator wants it to get no work; null when nothing of that kind was said. */
  @Nullable
  String banReason(WorkerSession session) {
    var ofWorker = bans.reason(session.worker());
    return ofWorker != null ? ofWorker : bans.reason(session.machine());
  }

  /** The worker is trusted again. */
  void forgive(Address worker) {
    distrusted.remove(worker);
  }

  /** Runs that the machine may have at once, by what it has shown; not by what it offers. */
  int slotLimit(WorkerSession session) {
    return connected <= SlotQuota.SMALL_POOL
        ? Integer.MAX_VALUE
        : session.record().quota().slots();
  }

  static Fact ratedFact(Address machine, TrackRecord record) {
    return new Fact.MachineRated(
        machine,
        record.speed().fuelPerSecond(),
        record.speed().runs(),
        record.quota().slots());
  }

  List<Fact> ratedFacts() {
    var facts = new ArrayList<Fact>();
    machines.values().forEach(session -> addRated(facts, session.machine(), session.record()));
    formerRecords.forEach((machine, record) -> addRated(facts, machine, record));
    return facts;
  }

  private static void addRated(List<Fact> facts, Address machine, TrackRecord record) {
    if (!record.isFresh()) {
      facts.add(ratedFact(machine, record));
    }
  }

  /** How this machine has worked so far. */
  TrackRecord record(Address machine) {
    var session = machines.get(machine);
    if (session != null) {
      return session.record();
    }
    var record = formerRecords.computeIfAbsent(machine, key -> new TrackRecord());
    forgetOldest();
    return record;
  }

  private void forgetOldest() {
    if (formerRecords.size() > MAX_RECORDS) {
      formerRecords.remove(formerRecords.keySet().iterator().next());
    }
  }

  private void count(WorkerSession session, int change) {
    connected += change;
    add(connectedByOwner, session.owner(), change);
    for (var runtime : session.offer().runtimes().stream().distinct().toList()) {
      add(connectedByRuntime, runtime, change);
    }
  }

  private static <K> void add(Map<K, Integer> counts, K key, int change) {
    counts.merge(key, change, Integer::sum);
    counts.remove(key, 0);
  }
}
