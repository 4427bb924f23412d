package io.ruche.scheduler;

import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import io.ruche.scheduler.WorkerEvent.Heartbeat;
import io.ruche.scheduler.WorkerEvent.Joined;
import io.ruche.scheduler.WorkerEvent.Running;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is there, what each worker holds, and what becomes of the attempts of one that is lost. */
final class Sessions {
  /** A worker that never lists an attempt it was sent so often does not have it. */
  private static final int MAX_RESENDS = 3;

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final AttemptHistory history;

  Sessions(PoolState pool, AttemptBook book, Demand demand) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.history = new AttemptHistory(pool.policy(), pool.workforce());
  }

  /** Takes the worker in; returns the tasks in which it has something to be told again. */
  Set<PoolTask> joined(Joined event, Instant now) {
    var concerned = new LinkedHashSet<PoolTask>();
    var worker = pool.workforce().find(event.machine());
    if (worker != null && worker.isConnected()) {
      pool.workforce().disconnected(worker);
    }
    if (worker != null && !worker.worker().equals(event.worker())) {
      concerned.addAll(replaced(worker, now));
      worker = null;
    }
    if (worker == null) {
      worker =
          pool.workforce().add(event.machine(), event.worker(), event.owner(), now, Instant.MAX);
    }
    worker.joined(event.owner(), event.offer(), now);
    worker.record().loggedIn(event.addressRange(), event.offer().architecture());
    funds(worker, event.funds());
    pool.workforce().connected(worker);
    pool.timers().set(worker, worker.lostAt(pool.policy()));
    expectAnswers(worker, now);
    for (var attempt : worker.waiting()) {
      var task = pool.task(attempt.id().task());
      if (task != null) {
        task.round().tellAgain(attempt);
        concerned.add(task);
      }
    }
    return concerned;
  }

  /** The machine works for another worker now; what it did for the former one stays that one's. */
  private Set<PoolTask> replaced(WorkerSession worker, Instant now) {
    var touched = giveUp(worker, now);
    pool.timers().clear(worker);
    pool.workforce().remove(worker);
    return touched;
  }

  /** What was sent before may be lost: whatever the worker does not list is due again. */
  private void expectAnswers(WorkerSession worker, Instant now) {
    var longAgo = now.minus(pool.policy().resendAfter());
    worker.running().forEach(attempt -> {
      attempt.told(longAgo);
      attempt.cancelTold(Instant.MIN);
    });
    worker.waiting().forEach(attempt -> attempt.told(longAgo));
  }

  void left(WorkerSession worker, Instant now) {
    if (worker.isConnected()) {
      worker.left(now.plus(pool.policy().reconnectGrace()));
      pool.workforce().disconnected(worker);
      pool.timers().set(worker, worker.lostAt(pool.policy()));
    }
  }

  /** As if its grace were over; what it may have contributed stays its worker's. */
  Set<PoolTask> expelled(WorkerSession worker, Instant now) {
    left(worker, now);
    worker.left(now);
    return wake(worker, now);
  }

  /** Its time is up unless it was heard from since; returns the tasks that lost a run. */
  Set<PoolTask> wake(WorkerSession worker, Instant now) {
    var lostAt = worker.lostAt(pool.policy());
    if (now.isBefore(lostAt)) {
      pool.timers().set(worker, lostAt);
      return Set.of();
    }
    if (worker.isConnected()) {
      worker.left(now);
      pool.workforce().disconnected(worker);
    }
    var touched = giveUp(worker, now);
    if (worker.holdsNothing()) {
      pool.workforce().remove(worker);
    } else {
      pool.timers().set(worker, now.plus(pool.policy().workerLostAfter()));
    }
    return touched;
  }

  /** Lets go of all but contributions that may be on their way. */
  private Set<PoolTask> giveUp(WorkerSession worker, Instant now) {
    var touched = tasksOf(worker.running());
    touched.addAll(tasksOf(worker.waiting()));
    for (var attempt : List.copyOf(worker.running())) {
      dropLost(attempt, now);
    }
    for (var attempt : List.copyOf(worker.waiting())) {
      if (!attempt.isAuthorized()) {
        dropLost(attempt, now);
      }
    }
    return touched;
  }

  private void dropLost(Attempt attempt, Instant now) {
    var task = pool.task(attempt.id().task());
    if (task != null) {
      var reason = attempt.phase() == Phase.RUNNING ? DropReason.LOST_RUNNING : DropReason.LOST;
      book.drop(task, attempt, reason, now);
    }
  }

  /** Brings our books and the worker's list together; returns the tasks that changed. */
  Set<PoolTask> heartbeat(WorkerSession worker, Heartbeat event, Instant now) {
    worker.heard(now);
    worker.runsOn(event.power());
    var touched = new LinkedHashSet<PoolTask>();
    var listed = new HashSet<AttemptId>();
    for (var running : event.running()) {
      listed.add(running.attempt());
      compare(worker, running, touched, now);
    }
    long unlisted = 0;
    for (var attempt : List.copyOf(worker.running())) {
      if (!listed.contains(attempt.id())) {
        unlisted += askAgain(attempt, touched, now);
      }
    }
    worker.reported(event.freeSlots(), unlisted, pool.workforce().slotLimit(worker));
    return touched;
  }

  private void compare(WorkerSession worker, Running running, Set<PoolTask> touched, Instant now) {
    var task = pool.task(running.attempt().task());
    if (task == null) {
      pool.outbox()
          .send(
              new Command.Done(worker.machine(), running.attempt(), "settled or not of this pool"));
      return;
    }
    var attempt = task.attempts().find(running.attempt().number());
    if (attempt == null || !attempt.machine().equals(worker.machine())) {
      pool.outbox()
          .send(new Command.Abort(worker.machine(), running.attempt(), "it was never assigned"));
      return;
    }
    attempt.progressed(running.phase(), attempt.detail());
    if (task.cancellation() != null) {
      touched.add(task);
    }
    boolean hasContributed = running.phase().compareTo(Phase.CONTRIBUTED) >= 0;
    if (attempt.is(State.DROPPED) && !hasContributed && !task.chain().isSettled()) {
      reviveOrAbort(worker, task, attempt, now);
      touched.add(task);
    } else if (attempt.is(State.ASSIGNED) && hasContributed) {
      book.contributed(task, attempt, now);
      touched.add(task);
    }
  }

  /** Meanwhile another machine of the same owner may have got the task: two votes of one. */
  private void reviveOrAbort(WorkerSession worker, PoolTask task, Attempt attempt, Instant now) {
    boolean isUseful = attempt.isLost()
        && task.chain().status() == TaskStatus.ACTIVE
        && !task.chain().hasVoted(attempt.worker())
        && task.attempts().of(attempt.worker()).stream().noneMatch(Attempt::isPending)
        && history.reasonAgainstReturn(worker, task, now) == null
        && isWanted(task, now);
    if (isUseful) {
      book.revive(task, attempt, now);
    } else if (task.chain().isKnown()) {
      pool.outbox().send(new Command.Abort(attempt.machine(), attempt.id(), "not needed any more"));
    }
  }

  /** A machine that comes back shows that a task does not kill machines after all. */
  private boolean isWanted(PoolTask task, Instant now) {
    return demand.wanted(task, now) > 0 || (task.isSuspect() && demand.missing(task) > 0);
  }

  /** An attempt the worker does not know of: send it again, in the end call it lost. */
  private int askAgain(Attempt attempt, Set<PoolTask> touched, Instant now) {
    var task = pool.task(attempt.id().task());
    if (task == null || now.isBefore(attempt.sentAt().plus(pool.policy().resendAfter()))) {
      return 1;
    }
    touched.add(task);
    if (attempt.resends() < MAX_RESENDS) {
      book.sendAgain(task, attempt, now);
      return 1;
    }
    book.drop(task, attempt, DropReason.LOST, now);
    return 0;
  }

  /** What was observed of a machine counts for the others of its worker, except the cap. */
  void funds(WorkerSession worker, Funds funds) {
    var reserved = BigInteger.ZERO;
    for (var machine : worker.contributor().machines()) {
      reserved = reserved.add(pledged(machine, true));
    }
    worker.contributor().fundsAre(funds, reserved);
    worker.capIs(funds.stakeCap(), pledged(worker, false));
  }

  /** Stake of attempts that is locked, or will be when they contribute. */
  private BigInteger pledged(WorkerSession worker, boolean isUnlockedOnly) {
    var attempts = new ArrayList<>(worker.running());
    attempts.addAll(worker.waiting());
    var sum = BigInteger.ZERO;
    for (var attempt : attempts) {
      var task = pool.task(attempt.id().task());
      if (task == null || !attempt.isPending()) {
        continue;
      }
      if (!isUnlockedOnly || !task.chain().hasVoted(attempt.worker())) {
        sum = sum.add(task.stakeOf(attempt.release()).nano());
      }
    }
    return sum;
  }

  private Set<PoolTask> tasksOf(Set<Attempt> attempts) {
    var tasks = new LinkedHashSet<PoolTask>();
    for (var attempt : attempts) {
      var task = pool.task(attempt.id().task());
      if (task != null) {
        tasks.add(task);
      }
    }
    return tasks;
  }
}
