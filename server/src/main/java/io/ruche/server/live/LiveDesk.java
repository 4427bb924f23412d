package io.ruche.server.live;

import io.ruche.core.Address;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who watches which attempt. A worker sends what its app writes only while somebody does; what came
 * is kept for a while, so that who lost the line goes on where it was. Any thread may call.
 */
public final class LiveDesk {
  /** Logs in memory, of at most 2 MiB each; only those that nobody watches give way. */
  static final int MAX_LOGS = 32;

  static final int MAX_WATCHERS = 128;
  static final int MAX_WATCHERS_OF_ONE = 8;

  private final ToMachine machines;
  private final Map<AttemptRef, WatchedLog> logs = new LinkedHashMap<>();
  private final Map<Address, Integer> watchersOf = new HashMap<>();
  private int watchers;
  private volatile boolean isClosed;

  /** Sends to a machine without waiting; false when it has no session now. */
  @FunctionalInterface
  public interface ToMachine {
    boolean send(Address machine, FromPool message);
  }

  /** One who watches, until closed. */
  public final class Watcher implements AutoCloseable {
    private final Address who;
    private final WatchedLog log;
    private boolean hasLeft;

    private Watcher(Address who, WatchedLog log) {
      this.who = who;
      this.log = log;
    }

    public WatchedLog log() {
      return log;
    }

    @Override
    public void close() {
      synchronized (LiveDesk.this) {
        if (!hasLeft) {
          hasLeft = true;
          left(who, log);
        }
      }
    }
  }

  public LiveDesk(ToMachine machines) {
    this.machines = machines;
  }

  /** Begins to watch; empty when too many do. */
  public synchronized Optional<Watcher> watch(AttemptRef ref, Address machine, Address who) {
    boolean isCrowded =
        watchers >= MAX_WATCHERS || watchersOf.getOrDefault(who, 0) >= MAX_WATCHERS_OF_ONE;
    if (isCrowded || !hasRoomFor(ref)) {
      return Optional.empty();
    }
    var log = logs.remove(ref);
    if (log == null) {
      log = new WatchedLog(ref, machine);
    }
    logs.put(ref, log);
    watchers++;
    watchersOf.merge(who, 1, Integer::sum);
    if (log.enter() == 1 && !log.isOver()) {
      ask(log);
    }
    return Optional.of(new Watcher(who, log));
  }

  /** Ends all watching; who watches looks every now and then. */
  public void close() {
    isClosed = true;
  }

  public boolean isClosed() {
    return isClosed;
  }

  /** A piece came over the machine's session; what nobody asked for is dropped. */
  public void output(Address machine, FromWorker.Output output) {
    var log = find(output.ref());
    if (log != null && log.machine().equals(machine) && !log.take(output)) {
      ask(log);
    }
  }

  /** The machine has a new session, which knows of no watch. */
  public void joined(Address machine) {
    List<WatchedLog> open;
    synchronized (this) {
      open = logs.values().stream()
          .filter(log -> log.machine().equals(machine) && log.isWatched() && !log.isOver())
          .toList();
    }
    open.forEach(this::ask);
  }

  private synchronized @Nullable WatchedLog find(AttemptRef ref) {
    return logs.get(ref);
  }

  private void ask(WatchedLog log) {
    machines.send(log.machine(), new FromPool.Watch(log.ref(), log.size()));
  }

  private void left(Address who, WatchedLog log) {
    watchers--;
    watchersOf.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
    if (log.leave() == 0 && !log.isOver()) {
      machines.send(log.machine(), new FromPool.Unwatch(log.ref()));
    }
  }

  private boolean hasRoomFor(AttemptRef ref) {
    if (logs.containsKey(ref) || logs.size() < MAX_LOGS) {
      return true;
    }
    Iterator<WatchedLog> oldest = logs.values().iterator();
    while (oldest.hasNext()) {
      if (!oldest.next().isWatched()) {
        oldest.remove();
        return true;
      }
    }
    return false;
  }
}
