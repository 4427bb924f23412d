package io.ruche.sim;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.OpenWork;
import io.ruche.scheduler.SchedulerEngine;
import io.ruche.scheduler.TaskKey;
import io.ruche.scheduler.TaskView;
import io.ruche.testkit.HubLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What must hold after everything that happens: of what changed it is checked at once, of the whole
 * world after every {@link #FULL_EVERY} events.
 *
 * <ul>
 *   <li>money: what is in purses is what was paid in;
 *   <li>one verdict: a task is finalized or claimed once;
 *   <li>nobody reveals what it did not contribute, and nobody contributes twice;
 *   <li>no owner is at work on a task twice at once, nor votes on it twice;
 *   <li>no task is lost: what is open on chain is known to the pool;
 *   <li>nothing is owed for long of a deal that a reorganisation took away.
 * </ul>
 */
final class Invariants {
  static final int FULL_EVERY = 1_000;

  private static final Set<String> AT_WORK = Set.of("ASSIGNED", "COMMITTED", "CERTIFYING");

  /** Time in which a pool hears of a deal, whatever crashes. */
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(60);

  private final World world;
  private final SimChain chain;
  private final SimPool pool;
  private final Hosts hosts;
  private final Map<TaskId, Known> tasks = new HashMap<>();
  private final Set<TaskId> given = new LinkedHashSet<>();
  private final List<TaskKey> closed = new ArrayList<>();
  private final Set<DealId> matched = new LinkedHashSet<>();
  private Instant reorganisedAt = Instant.MIN;
  private int cursor;
  private long incremental;
  private long full;

  /** What the logs tell of one task. */
  private static final class Known {
    private final Set<Address> contributors = new HashSet<>();
    private final Set<Address> owners = new HashSet<>();
    private boolean isDecided;
  }

  Invariants(World world, SimChain chain, SimPool pool, Hosts hosts) {
    this.world = world;
    this.chain = chain;
    this.pool = pool;
    this.hosts = hosts;
    pool.onFact(this::noticed);
    chain.onReorg(gone -> forget());
  }

  /** Checks done: of what changed, and of everything. */
  long incremental() {
    return incremental;
  }

  long full() {
    return full;
  }

  void afterEvent() {
    incremental++;
    checkRunningSum();
    readLogs();
    checkGiven();
    checkClosed();
    if (world.happened() % FULL_EVERY == 0) {
      checkAll();
    }
  }

  void checkAll() {
    full++;
    var hub = chain.hub();
    require(
        hub.inPurses().equals(hub.deposited()),
        () -> "money is not conserved: %s in purses, %s paid in"
            .formatted(hub.inPurses(), hub.deposited()));
    var engine = pool.engine();
    if (engine != null) {
      engine.tasks().forEach(this::checkOwners);
      checkNoTaskIsLost(new HashSet<>(engine.openDeals()));
      checkOwed(engine);
    }
  }

  private void checkRunningSum() {
    var hub = chain.hub();
    require(
        hub.held().equals(hub.deposited()),
        () -> "money is not conserved: %s held, %s paid in".formatted(hub.held(), hub.deposited()));
  }

  /** A reorganisation takes logs back: what is left of them is read anew. */
  private void forget() {
    tasks.clear();
    matched.clear();
    cursor = 0;
    reorganisedAt = world.now();
  }

  private void readLogs() {
    if (cursor == chain.hub().logCount()) {
      return;
    }
    var news = chain.hub().logsFrom(cursor);
    cursor += news.size();
    news.forEach(this::read);
  }

  private void read(HubLog log) {
    switch (log) {
      case HubLog.OrdersMatched(var deal) -> matched.add(deal);
      case HubLog.TaskContribute(var task, var worker, var _) -> contributed(task, worker);
      case HubLog.TaskReveal(var task, var worker, var _) ->
        require(
            known(task).contributors.contains(worker),
            () -> "worker %s revealed without a contribution to task %s".formatted(worker, task));
      case HubLog.TaskFinalize(var task, var _) -> decided(task);
      case HubLog.TaskClaimed(var task) -> decided(task);
      case HubLog.TaskInitialize _,
          HubLog.TaskConsensus _,
          HubLog.TaskReopen _,
          HubLog.AccurateContribution _,
          HubLog.FaultyContribution _ -> {}
    }
  }

  private void contributed(TaskId task, Address worker) {
    var known = known(task);
    require(
        known.contributors.add(worker),
        () -> "worker %s voted twice on task %s".formatted(worker, task));
    var owner = hosts.ownerOf(worker);
    require(
        known.owners.add(owner), () -> "owner %s voted twice on task %s".formatted(owner, task));
  }

  private void decided(TaskId task) {
    var known = known(task);
    require(!known.isDecided, () -> "task %s has two verdicts".formatted(task));
    known.isDecided = true;
  }

  private Known known(TaskId task) {
    return tasks.computeIfAbsent(task, key -> new Known());
  }

  private void noticed(Fact fact) {
    switch (fact) {
      case Fact.AttemptAssigned assigned -> given.add(assigned.attempt().task());
      case Fact.AttemptRevived(var attempt) -> given.add(attempt.task());
      case Fact.TaskSettled(var deal, var index) -> closed.add(new TaskKey(deal, index));
      default -> {}
    }
  }

  /** A pool lets go of a task when it is over, or its whole deal has left the chain. */
  private void checkClosed() {
    for (var key : closed) {
      var task = chain.hub().viewTask(key.task());
      boolean isOver =
          task.status().isFinal() || chain.hub().viewDeal(key.deal()).isEmpty();
      require(
          isOver,
          () -> "the pool let go of task %s, which is %s".formatted(task.id(), task.status()));
    }
    closed.clear();
  }

  private void checkGiven() {
    var engine = pool.engine();
    if (engine != null) {
      for (var task : given) {
        engine.task(task).ifPresent(this::checkOwners);
      }
    }
    given.clear();
  }

  private void checkOwners(TaskView task) {
    var owners = new HashSet<Address>();
    for (var attempt : task.attempts()) {
      require(
          !AT_WORK.contains(attempt.state()) || owners.add(hosts.ownerOfMachine(attempt.machine())),
          () -> "one owner is at task %s twice: %s".formatted(task.id(), task.attempts()));
    }
  }

  /** What the pool has closed is over on chain, or its deal is too young to be known. */
  private void checkNoTaskIsLost(Set<DealId> open) {
    for (var id : matched) {
      var deal = chain.hub().viewDeal(id).orElseThrow();
      boolean isYoung = world.now().isBefore(deal.startTime().plus(HEARD_WITHIN));
      if (isYoung || open.contains(id)) {
        continue;
      }
      for (long index = 0; index < deal.botSize(); index++) {
        var task = chain.hub().viewTask(deal.taskId(index));
        require(
            task.status().isFinal(),
            () -> "the pool has lost task %s, which is %s".formatted(task.id(), task.status()));
      }
    }
  }

  /** What is counted as sold stands on chain, once the pool had the time to see what does not. */
  private void checkOwed(SchedulerEngine engine) {
    if (world.now().isBefore(reorganisedAt.plus(HEARD_WITHIN).plus(Simulation.CONFIRM))) {
      return;
    }
    long onChain = engine.openDeals().stream()
        .flatMap(id -> chain.hub().viewDeal(id).stream())
        .mapToLong(Deal::botSize)
        .sum();
    long owed = engine.openWork().stream().mapToLong(OpenWork::tasks).sum();
    require(
        owed <= onChain,
        () -> "the pool counts %d tasks as sold, open deals on chain have %d"
            .formatted(owed, onChain));
  }

  private void require(boolean isTrue, Supplier<String> otherwise) {
    if (!isTrue) {
      throw new AssertionError("at %s: %s".formatted(world.now(), otherwise.get()));
    }
  }
}
