package io.ruche.scheduler;

import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
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

  Sessions(PoolState pool, AttemptBook book, Demand demand) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
  }

  /** Takes the worker in; returns the tasks in which it has something to be told again. */
  Set<PoolTask> joined(Joined event, Instant now) {
    var worker = pool.workforce().find(event.worker());
    if (worker == null) {
      worker = new WorkerSession(event.worker(), event.owner(), now, Instant.MAX);
      pool.workforce().add(worker);
    } else if (worker.isConnected()) {
      pool.workforce().disconnected(worker);
    }
    worker.joined(event.owner(), event.offer(), event.score(), now);
    worker.fundsAre(event.score(), event.freeStake(), reserved(worker));
    pool.workforce().connected(worker);
    pool.timers().set(worker, worker.lostAt(pool.policy()));
    expectAnswers(worker, now);
    var concerned = tasksOf(worker.waiting());
    for (var task : concerned) {
      task.round().tellAgain(worker.worker());
    }
    return concerned;
  }

  /** What was sent before may be lost: whatever the worker does not list is due again. */
  private void expectAnswers(WorkerSession worker, Instant now) {
    var longAgo = now.minus(pool.policy().resendAfter());
    worker.running().forEach(attempt -> attempt.told(longAgo));
    worker.waiting().forEach(attempt -> attempt.told(longAgo));
  }

  void left(WorkerSession worker, Instant now) {
    if (worker.isConnected()) {
      worker.left(now.plus(pool.policy().reconnectGrace()));
      pool.workforce().disconnected(worker);
      pool.timers().set(worker, worker.lostAt(pool.policy()));
    }
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
    if (worker.holdsNothing()) {
      pool.workforce().remove(worker);
    } else {
      pool.timers().set(worker, now.plus(pool.policy().workerLostAfter()));
    }
    return touched;
  }

  private void dropLost(Attempt attempt, Instant now) {
    var task = pool.task(attempt.id().task());
    if (task != null) {
      book.drop(task, attempt, DropReason.LOST, now);
    }
  }

  /** Brings our books and the worker's list together; returns the tasks that changed. */
  Set<PoolTask> heartbeat(WorkerSession worker, Heartbeat event, Instant now) {
    worker.heard(now);
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
    worker.reported(event.freeSlots(), unlisted);
    return touched;
  }

  private void compare(WorkerSession worker, Running running, Set<PoolTask> touched, Instant now) {
    var task = pool.task(running.attempt().task());
    if (task == null) {
      pool.outbox()
          .send(
              new Command.Done(worker.worker(), running.attempt(), "settled or not of this pool"));
      return;
    }
    var attempt = task.attempt(running.attempt().number());
    if (attempt == null || !attempt.worker().equals(worker.worker())) {
      pool.outbox()
          .send(new Command.Abort(worker.worker(), running.attempt(), "it was never assigned"));
      return;
    }
    attempt.progressed(running.phase(), attempt.detail());
    boolean hasContributed = running.phase().compareTo(Phase.CONTRIBUTED) >= 0;
    if (attempt.is(State.DROPPED) && !hasContributed && !task.chain().isSettled()) {
      reviveOrAbort(task, attempt, now);
      touched.add(task);
    } else if (attempt.is(State.ASSIGNED) && hasContributed) {
      book.contributed(task, attempt, now);
      touched.add(task);
    }
  }

  private void reviveOrAbort(PoolTask task, Attempt attempt, Instant now) {
    boolean isUseful = attempt.dropReason() == DropReason.LOST
        && task.chain().status() == TaskStatus.ACTIVE
        && !task.chain().hasVoted(attempt.worker())
        && task.attemptsOf(attempt.worker()).noneMatch(Attempt::isPending)
        && demand.wanted(task, now) > 0;
    if (isUseful) {
      book.revive(task, attempt, now);
    } else if (task.chain().isKnown()) {
      pool.outbox().send(new Command.Abort(attempt.worker(), attempt.id(), "not needed any more"));
    }
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

  void funds(WorkerSession worker, long score, TokenAmount freeStake) {
    worker.fundsAre(score, freeStake, reserved(worker));
  }

  /** Stake of attempts that will be locked when they contribute. */
  private BigInteger reserved(WorkerSession worker) {
    var attempts = new ArrayList<>(worker.running());
    attempts.addAll(worker.waiting());
    var sum = BigInteger.ZERO;
    for (var attempt : attempts) {
      var task = pool.task(attempt.id().task());
      if (task != null && attempt.isPending() && !task.chain().hasVoted(worker.worker())) {
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
