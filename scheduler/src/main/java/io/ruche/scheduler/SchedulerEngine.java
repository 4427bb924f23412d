package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.scheduler.ShellEvent.CancelAsked;
import io.ruche.scheduler.ShellEvent.ResultStored;
import io.ruche.scheduler.ShellEvent.Ticked;
import io.ruche.scheduler.ShellEvent.TransactionFailed;
import io.ruche.scheduler.ShellEvent.UploadFailed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides for one workerpool. Called from one thread; each event costs about the logarithm of the
 * queue. The caller appends the facts of a decision, syncs, and then carries out its commands.
 */
public final class SchedulerEngine {
  /** Sleepers woken in one call; the rest wake in the next, which is due at once. */
  private static final int MAX_WAKES = 1_000;

  private final PoolState pool;
  private final DealDesk desk;
  private final Sessions sessions;
  private final TaskDriver driver;
  private final ChainDesk chainDesk;
  private final WorkerDesk workerDesk;
  private final Views views;
  private final Canceller canceller;

  public SchedulerEngine(SchedulerPolicy policy) {
    pool = new PoolState(policy);
    var book = new AttemptBook(pool);
    var belief = new Belief(pool, book);
    var demand = new Demand(pool, belief);
    var eligibility = new Eligibility(policy, pool.workforce());
    var matcher = new Matcher(pool, book, demand, eligibility);
    var certifier = new Certifier(pool, book, demand, eligibility);
    var transactions = new Transactions(pool);
    var commitCheck = new CommitCheck(pool);
    canceller = new Canceller(pool, book, certifier);
    var active = new ActiveStage(pool, book, demand, matcher, certifier, canceller, belief);
    var reveal = new RevealStage(pool, book, demand, transactions);
    desk = new DealDesk(pool, book, demand, transactions);
    sessions = new Sessions(pool, book, demand);
    driver = new TaskDriver(pool, desk, active, reveal);
    chainDesk = new ChainDesk(pool, desk, book, driver, commitCheck);
    workerDesk = new WorkerDesk(pool, sessions, book, matcher, driver, commitCheck);
    views = new Views(pool, desk, demand, certifier, canceller, eligibility);
  }

  /**
   * Rebuilds the engine from its journal; called once, before any event. The commands ask for every
   * task that is not settled; what was in flight is issued again as answers arrive.
   */
  public Decision restore(List<Fact> facts, Instant now) {
    var restorer = new Restorer(pool, desk, now);
    facts.forEach(restorer::apply);
    restorer.finish();
    driver.driveAll(List.copyOf(pool.tasks().values()), now);
    driver.driveAll(desk.fillWindow(now), now);
    return pool.outbox().drain();
  }

  public Decision on(Event event, Instant now) {
    switch (event) {
      case ChainEvent chain -> chainDesk.on(chain, now);
      case WorkerEvent worker -> workerDesk.on(worker, now);
      case ShellEvent shell -> onShell(shell, now);
    }
    wakeSleepers(now);
    driver.driveAll(desk.fillWindow(now), now);
    desk.flush(now);
    return pool.outbox().drain();
  }

  /** When {@link ShellEvent.Ticked} is due, if nothing else happens before. */
  public Optional<Instant> nextWakeup() {
    return pool.timers().next();
  }

  /** Facts that rebuild the present state, in place of all facts so far. */
  public List<Fact> snapshot() {
    return new Snapshot(pool).facts();
  }

  public SchedulerPolicy policy() {
    return pool.policy();
  }

  /** Why the task is where it is. */
  public Explanation explain(TaskId task, Instant now) {
    return views.explain(task, now);
  }

  /** Why tasks wait, and why workers have nothing to do. */
  public PoolExplanation explain(Instant now) {
    return views.explain(now);
  }

  /** Why a machine does not get what waits. */
  public List<Reason> explainMachine(Address machine, Instant now) {
    return views.explainMachine(machine, now);
  }

  /** Deals with tasks that are not settled, on chain or gone from it. */
  public List<DealId> openDeals() {
    return List.copyOf(pool.deals().keySet());
  }

  /** What is sold and not settled, deal by deal; without what left the chain and stays away. */
  public List<OpenWork> openWork() {
    return pool.deals().values().stream()
        .filter(OpenDeal::isSold)
        .map(OpenDeal::work)
        .toList();
  }

  /** Whether the operator lets the pool sell nothing more; what is sold goes on. */
  public boolean isDrained() {
    return pool.drainedSince() != null;
  }

  public SchedulerStatus status() {
    return views.status();
  }

  /** Tasks in memory: all that are not settled, up to the bound, and those settled just now. */
  public List<TaskView> tasks() {
    return views.tasks();
  }

  public Optional<TaskView> task(TaskId id) {
    return views.task(id);
  }

  /** Whether the task is, or could be, stopped at its requester's word. */
  public CancelState cancelState(TaskId id, Instant now) {
    var task = pool.task(id);
    if (task == null) {
      return new CancelState.Unknown();
    }
    if (task.chain().isSettled()) {
      return new CancelState.Settled();
    }
    if (task.cancellation() != null) {
      return new CancelState.Stopping(canceller.running(task));
    }
    var obstacle = canceller.obstacle(task, now);
    return obstacle == null ? new CancelState.Possible() : new CancelState.TooLate(obstacle);
  }

  private void onShell(ShellEvent event, Instant now) {
    switch (event) {
      case Ticked ticked -> {}
      case ResultStored stored -> stored(stored, now);
      case UploadFailed(var machine, var attempt, var detail) -> {
        var task = pool.task(attempt.task());
        if (task != null) {
          task.round().uploadFailed(machine);
          driver.drive(task, now);
        }
      }
      case TransactionFailed failed -> failed(failed, now);
      case ShellEvent.WorkerBanned banned -> ban(banned);
      case ShellEvent.WorkerReadmitted(var worker) -> readmit(worker);
      case ShellEvent.PoolDrained _ -> drain(now);
      case ShellEvent.PoolResumed _ -> resume();
      case CancelAsked asked -> {
        var task = pool.task(asked.task());
        if (task != null) {
          canceller.ask(task, asked, now);
          driver.drive(task, now);
        }
      }
    }
  }

  private void ban(ShellEvent.WorkerBanned event) {
    if (!event.reason().equals(pool.workforce().bans().reason(event.worker()))) {
      pool.workforce().bans().ban(event.worker(), event.reason());
      pool.outbox().record(new Fact.WorkerBanned(event.worker(), event.reason()));
    }
  }

  private void readmit(Address worker) {
    boolean isOut =
        pool.workforce().bans().reason(worker) != null || pool.workforce().isDistrusted(worker);
    if (isOut) {
      pool.workforce().bans().readmit(worker);
      pool.workforce().forgive(worker);
      pool.outbox().record(new Fact.WorkerReadmitted(worker));
    }
  }

  private void drain(Instant now) {
    if (pool.drainedSince() == null) {
      pool.drainedSince(now);
      pool.outbox().record(new Fact.PoolDrained(now));
    }
  }

  private void resume() {
    if (pool.drainedSince() != null) {
      pool.drainedSince(null);
      pool.outbox().record(new Fact.PoolResumed());
    }
  }

  /** A result is kept in every stage: what the chain shows just now may be about to change. */
  private void stored(ResultStored event, Instant now) {
    var task = pool.task(event.attempt().task());
    if (task == null || task.chain().isSettled() || task.result() != null) {
      return;
    }
    if (task.mayBeTheResult(event.result())) {
      pool.outbox().record(new Fact.ResultKept(event.attempt(), event.result()));
      task.keep(event.result());
    } else {
      task.round().uploadFailed(event.machine());
    }
    driver.drive(task, now);
  }

  private void failed(TransactionFailed event, Instant now) {
    for (var id : event.tasks()) {
      var task = pool.task(id);
      if (task != null && task.tx().isWaitingFor(event.action())) {
        task.tx().failed(event.code(), now);
        driver.drive(task, now);
      }
    }
  }

  private void wakeSleepers(Instant now) {
    for (int woken = 0; woken < MAX_WAKES; woken++) {
      switch (pool.timers().pollDue(now)) {
        case OpenDeal deal -> desk.wake(deal, now);
        case PoolTask task -> driver.drive(task, now);
        case WorkerSession worker -> driver.driveAll(sessions.wake(worker, now), now);
        case null -> {
          return;
        }
      }
    }
  }
}
