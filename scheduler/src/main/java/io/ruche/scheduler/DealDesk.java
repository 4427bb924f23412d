package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Fact.DealAccepted;
import io.ruche.scheduler.Fact.DropReason;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Opens deals, brings their tasks to the chain window by window, and closes what is settled. */
final class DealDesk {
  /** Initialize transactions under way at once. */
  private static final int MAX_BATCHES_IN_FLIGHT = 4;

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Transactions transactions;
  private final TreeSet<OpenDeal> withMore = new TreeSet<>();
  private final TreeSet<PoolTask> toInitialize = new TreeSet<>();
  private final Set<PoolTask> initializing = new LinkedHashSet<>();

  DealDesk(PoolState pool, AttemptBook book, Demand demand, Transactions transactions) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.transactions = transactions;
  }

  int initializingCount() {
    return initializing.size();
  }

  /** Takes up a deal; the tasks to look at again are returned when a known deal changed. */
  List<PoolTask> accept(DealAccepted terms, boolean isStarted) {
    var known = pool.deals().get(terms.deal().id());
    if (known == null) {
      pool.outbox().record(terms);
      open(terms, isStarted);
      return List.of();
    }
    if (known.terms().equals(terms) && !known.isGone()) {
      return List.of();
    }
    pool.outbox().record(terms);
    return acceptAgain(known, terms);
  }

  OpenDeal open(DealAccepted terms, boolean isStarted) {
    var deal = new OpenDeal(terms, pool.policy(), isStarted);
    pool.deals().put(deal.id(), deal);
    withMore.add(deal);
    return deal;
  }

  /** On other terms, or after it was gone. */
  List<PoolTask> acceptAgain(OpenDeal deal, DealAccepted terms) {
    if (deal.isGone()) {
      deal.cameBack();
      pool.timers().clear(deal);
    }
    return replaceTerms(deal, terms);
  }

  /** The order of the queues hangs on the deadlines: out with the old, in with the new. */
  private List<PoolTask> replaceTerms(OpenDeal deal, DealAccepted terms) {
    var live = List.copyOf(deal.live());
    withMore.remove(deal);
    for (var task : live) {
      pool.ready().remove(task);
      toInitialize.remove(task);
    }
    deal.replaceTerms(terms);
    withMore.add(deal);
    return live;
  }

  /** The deal left the chain, and will most likely be matched again: its runs stop. */
  void rollBack(OpenDeal deal, Instant now) {
    if (!deal.isGone()) {
      pool.outbox().record(new Fact.DealGone(deal.id(), now));
      gone(deal, now);
    }
  }

  /**
   * Keeps the numbers of attempts until the deadline, and makes room of what was never given out.
   */
  void gone(OpenDeal deal, Instant since) {
    withMore.remove(deal);
    for (var task : List.copyOf(deal.live())) {
      if (task.isUntouched()) {
        forget(task);
      } else {
        task.chain().vanished();
      }
    }
    deal.gone(since);
    pool.timers().set(deal, since.plus(pool.policy().confirmAfter()));
  }

  /** What is due of a deal that stays away: it is sold no more, and in the end forgotten. */
  void wake(OpenDeal deal, Instant now) {
    if (!deal.isGone()) {
      return;
    }
    deal.giveUp();
    if (now.isBefore(deal.deadlines().claimable())) {
      pool.timers().set(deal, deal.deadlines().claimable());
    } else {
      List.copyOf(deal.live()).forEach(this::forget);
      close(deal);
    }
  }

  void driveGone(PoolTask task, Instant now) {
    initialized(task);
    demand.refresh(task, now);
    for (var attempt : task.attempts().pending()) {
      book.abort(task, attempt, DropReason.NOT_NEEDED, "the deal left the chain", now);
    }
  }

  /** Makes a task known to the engine. */
  PoolTask bringIn(OpenDeal deal, long index, boolean isChainKnown, Instant now) {
    var task = new PoolTask(deal, index, isChainKnown, now);
    pool.tasks().put(task.id(), task);
    deal.live().add(task);
    return task;
  }

  /** Brings in further tasks while there is room; the caller looks at each. */
  List<PoolTask> fillWindow(Instant now) {
    if (withMore.isEmpty() || !hasRoom()) {
      return List.of();
    }
    var fresh = new ArrayList<PoolTask>();
    while (hasRoom() && !withMore.isEmpty()) {
      var deal = withMore.first();
      if (deal.hasMore()) {
        fresh.add(bringIn(deal, deal.takeNextIndex(), !deal.isStarted(), now));
      } else {
        withMore.remove(deal);
      }
    }
    return fresh;
  }

  private boolean hasRoom() {
    return pool.tasks().size() < pool.policy().maxLiveTasks();
  }

  /** A task that is not on chain yet: initialize it while there is time to run it. */
  void driveUnset(PoolTask task, Instant now) {
    demand.refresh(task, now);
    task.wakeBy(task.deadlines().claimable());
    if (!now.isBefore(task.deadlines().assignCutoff())) {
      leaveStart(task);
      return;
    }
    task.wakeBy(task.deadlines().assignCutoff());
    if (task.tx().isWaitingFor(ChainAction.INITIALIZE)) {
      transactions.want(task, ChainAction.INITIALIZE, now, () -> sendAlone(task));
    } else {
      task.starting(true);
      toInitialize.add(task);
    }
  }

  private void sendAlone(PoolTask task) {
    task.starting(true);
    initializing.add(task);
    pool.outbox().send(new Command.Initialize(List.of(task.key())));
  }

  /** The task is on chain, or nobody needs it there any more. */
  void initialized(PoolTask task) {
    leaveStart(task);
    if (task.tx().isWaitingFor(ChainAction.INITIALIZE)) {
      task.tx().done();
    }
  }

  private void leaveStart(PoolTask task) {
    if (task.isStarting()) {
      task.starting(false);
      toInitialize.remove(task);
      initializing.remove(task);
    }
  }

  /**
   * Sends what waits to be initialized, up to the bound. While more waits than a batch takes, only
   * full batches leave: one transaction for many tasks costs less than one for each.
   */
  void flush(Instant now) {
    int bound = MAX_BATCHES_IN_FLIGHT * pool.policy().initializeBatch();
    int next = nextBatch();
    while (next > 0 && initializing.size() + next <= bound) {
      pool.outbox().send(new Command.Initialize(take(next, now)));
      next = nextBatch();
    }
  }

  private int nextBatch() {
    return Math.min(pool.policy().initializeBatch(), toInitialize.size());
  }

  private List<TaskKey> take(int count, Instant now) {
    var keys = new ArrayList<TaskKey>();
    for (int i = 0; i < count; i++) {
      var task = toInitialize.removeFirst();
      task.tx().sent(ChainAction.INITIALIZE, now, pool.policy().txPatience());
      task.wakeBy(task.tx().nextStepAt());
      pool.timers().set(task, task.wakeAt());
      initializing.add(task);
      keys.add(task.key());
    }
    return keys;
  }

  /** The final deadline has passed: free what the deal locked, our own stake is gone. */
  void claim(PoolTask task, Instant now) {
    demand.refresh(task, now);
    book.abortPending(task, "the final deadline has passed", now);
    transactions.want(task, ChainAction.CLAIM, now, () -> {
      if (task.chain().status() == TaskStatus.UNSET) {
        pool.outbox().initializeAndClaim(task.key());
      } else {
        pool.outbox().claim(task.id());
      }
    });
  }

  /** Settled on chain: remember it until the chain can hardly take it back, then let go. */
  void settle(PoolTask task, Instant now) {
    var settledAt = task.settledAt();
    if (settledAt == null) {
      settledAt = now;
      task.settled(now);
      task.tx().done();
      demand.refresh(task, now);
      book.abortPending(task, "the task is settled", now);
      for (var attempt : task.attempts()) {
        book.settled(task, attempt, isSeized(task, attempt), now);
      }
    }
    var closeAt = settledAt.plus(pool.policy().confirmAfter());
    boolean isSure = task.chain().isEndLogged() || !task.chain().observedAt().isBefore(closeAt);
    if (now.isBefore(closeAt)) {
      task.wakeBy(closeAt);
    } else if (!isSure) {
      pool.outbox().observe(task.id());
      task.wakeBy(now.plus(pool.policy().resendAfter()));
    } else {
      tellDone(task);
      finish(task);
    }
  }

  private void finish(PoolTask task) {
    pool.outbox().record(new Fact.TaskSettled(task.deal().id(), task.index()));
    forget(task);
    task.deal().settled(task.index());
    if (task.deal().isAllSettled()) {
      close(task.deal());
    }
  }

  private static boolean isSeized(PoolTask task, Attempt attempt) {
    return task.chain().status() == TaskStatus.COMPLETED
        && task.chain().hasVoted(attempt.worker())
        && !task.chain().isWinner(attempt.worker());
  }

  private void tellDone(PoolTask task) {
    for (var attempt : task.attempts()) {
      pool.outbox()
          .send(new Command.Done(attempt.machine(), attempt.id(), outcome(task, attempt.worker())));
    }
  }

  private static String outcome(PoolTask task, Address worker) {
    if (task.chain().status() == TaskStatus.FAILED) {
      return "claimed";
    }
    if (task.chain().isWinner(worker)) {
      return "won";
    }
    return task.chain().hasVoted(worker) ? "outvoted" : "not needed";
  }

  /** Takes the task out of memory. */
  void forget(PoolTask task) {
    task.forgotten();
    pool.tasks().remove(task.id());
    task.deal().live().remove(task);
    pool.timers().clear(task);
    pool.ready().remove(task);
    pool.ready().atWork(task, 0);
    leaveStart(task);
    for (var attempt : task.attempts()) {
      var worker = attempt.heldBy();
      if (worker != null) {
        worker.forget(attempt);
      }
    }
  }

  /** Takes the deal out of memory. */
  void remove(OpenDeal deal) {
    pool.deals().remove(deal.id());
    withMore.remove(deal);
    pool.timers().clear(deal);
  }

  private void close(OpenDeal deal) {
    remove(deal);
    pool.outbox().record(new Fact.DealClosed(deal.id()));
  }
}
