package io.ruche.scheduler;

import io.ruche.core.DealId;
import io.ruche.core.Failure;
import io.ruche.scheduler.Attempt.Opening;
import io.ruche.scheduler.Attempt.State;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Applies facts to an empty pool. Tasks come back without their chain view, which is read anew. */
final class Restorer {
  private final PoolState pool;
  private final DealDesk desk;
  private final Instant now;

  Restorer(PoolState pool, DealDesk desk, Instant now) {
    this.pool = pool;
    this.desk = desk;
    this.now = now;
  }

  void apply(Fact fact) {
    switch (fact) {
      case Fact.DealAccepted terms -> accepted(terms);
      case Fact.DealGone(var id, var at) -> gone(id, at);
      case Fact.DealClosed(var id) -> closed(id);
      case Fact.TasksSettled(var id, var below, var above) -> {
        var deal = pool.deals().get(id);
        if (deal != null) {
          deal.settled(below, above);
        }
      }
      case Fact.TaskSettled(var id, var index) -> settled(id, index);
      case Fact.AttemptAssigned assigned -> assigned(assigned);
      case Fact.AttemptCommitted(var id, var commit) ->
        with(id, (task, attempt) -> attempt.committed(commit, now));
      case Fact.AttemptAuthorized(var id) ->
        with(
            id,
            (task, attempt) -> attempt.authorized(now, now.plus(task.deadlines().overhead())));
      case Fact.AttemptOpened(var id, var digest, var salt) ->
        with(id, (task, attempt) -> attempt.opened(new Opening(digest, salt)));
      case Fact.AttemptFailed(var id, var code, var exitCode, var detail) ->
        with(id, (task, attempt) -> attempt.failed(new Failure(code, exitCode), detail, now));
      case Fact.AttemptDropped(var id, var reason) ->
        with(id, (task, attempt) -> attempt.dropped(reason, now));
      case Fact.AttemptRevived(var id) ->
        with(id, (task, attempt) -> attempt.revived(now, Instant.MAX));
      case Fact.FailureCertified(var id, var failure) ->
        with(
            id,
            (task, attempt) ->
                attempt.certifying(failure, now, now.plus(task.deadlines().overhead())));
      case Fact.CancelAsked(var id, var index, var requester, var cancellation) ->
        with(id, index, task -> task.cancel(requester, cancellation, now));
      case Fact.CancelOvertaken(var id, var index) -> with(id, index, PoolTask::overtakeCancel);
      case Fact.ResultKept(var id, var result) -> with(id, (task, attempt) -> task.keep(result));
      case Fact.ResultBelieved(var id, var digest) ->
        with(id, (task, attempt) -> task.believe(digest));
      case Fact.AttemptJudged(var id, var worker, var record) -> {
        pool.records().put(worker, record);
        with(id, (task, attempt) -> attempt.judged());
      }
      case Fact.WorkerRecorded(var worker, var record) -> pool.records().put(worker, record);
      case Fact.WorkerDistrusted(var worker, var attempt) ->
        pool.workforce().distrust(worker, attempt);
      case Fact.MachineRated(var machine, var fuelPerSecond, var runs, var slots) ->
        pool.workforce()
            .record(machine)
            .restored(new ConfirmedSpeed(fuelPerSecond, runs), new SlotQuota(slots));
      case Fact.WorkerBanned(var worker, var reason) -> pool.workforce().bans().ban(worker, reason);
      case Fact.WorkerReadmitted(var worker) -> {
        pool.workforce().bans().readmit(worker);
        pool.workforce().forgive(worker);
      }
      case Fact.PoolDrained(var at) -> pool.drainedSince(at);
      case Fact.PoolResumed _ -> pool.drainedSince(null);
    }
  }

  /** Gives the workers of open attempts time to come back. */
  void finish() {
    for (var task : pool.tasks().values()) {
      for (var attempt : task.attempts()) {
        if (attempt.isPending()) {
          var worker = session(attempt);
          if (attempt.is(State.ASSIGNED)) {
            worker.holds(attempt);
          } else {
            worker.waits(attempt);
          }
        }
      }
    }
  }

  private WorkerSession session(Attempt attempt) {
    var known = pool.workforce().find(attempt.machine());
    if (known != null) {
      return known;
    }
    var lostAt = now.plus(pool.policy().workerLostAfter());
    var session =
        pool.workforce().add(attempt.machine(), attempt.worker(), attempt.owner(), now, lostAt);
    pool.timers().set(session, lostAt);
    return session;
  }

  private void accepted(Fact.DealAccepted terms) {
    var known = pool.deals().get(terms.deal().id());
    if (known == null) {
      desk.open(terms, true);
    } else {
      desk.acceptAgain(known, terms);
    }
  }

  private void gone(DealId id, Instant at) {
    var deal = pool.deals().get(id);
    if (deal != null) {
      desk.gone(deal, at);
    }
  }

  private void closed(DealId id) {
    var deal = pool.deals().get(id);
    if (deal != null) {
      for (var task : List.copyOf(deal.live())) {
        desk.forget(task);
      }
      desk.remove(deal);
    }
  }

  private void settled(DealId id, long index) {
    var deal = pool.deals().get(id);
    if (deal != null) {
      deal.settled(index);
      var task = pool.task(new TaskKey(id, index).task());
      if (task != null) {
        desk.forget(task);
      }
    }
  }

  private void assigned(Fact.AttemptAssigned fact) {
    var deal = pool.deals().get(fact.deal());
    if (deal == null) {
      return;
    }
    var task = taskOf(deal, fact.index());
    var timeout = now.plus(deal.limits().runTime()).plus(task.deadlines().overhead());
    task.attempts()
        .add(new Attempt(
            fact.attempt(),
            fact.machine(),
            fact.worker(),
            fact.owner(),
            releaseOf(fact, deal),
            fact.at(),
            timeout));
  }

  private PoolTask taskOf(OpenDeal deal, long index) {
    var task = pool.task(new TaskKey(deal.id(), index).task());
    if (task != null) {
      return task;
    }
    deal.restoredOutOfTurn(index);
    return desk.bringIn(deal, index, false, now);
  }

  private void with(DealId id, long index, Consumer<PoolTask> change) {
    var deal = pool.deals().get(id);
    if (deal != null && !deal.isSettled(index)) {
      change.accept(taskOf(deal, index));
    }
  }

  /** The pool's settings may have changed since. */
  private static Release releaseOf(Fact.AttemptAssigned fact, OpenDeal deal) {
    if (fact.isAuthorized()) {
      return Release.WITH_WORK;
    }
    return deal.release() == Release.WITH_WORK ? Release.AFTER_COMMIT : deal.release();
  }

  private void with(AttemptId id, BiConsumer<PoolTask, Attempt> change) {
    var task = pool.task(id.task());
    var attempt = pool.attempt(id);
    if (task != null && attempt != null) {
      change.accept(task, attempt);
    }
  }
}
