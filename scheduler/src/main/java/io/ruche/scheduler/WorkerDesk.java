package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.scheduler.Attempt.Opening;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import io.ruche.scheduler.WorkerEvent.Committed;
import io.ruche.scheduler.WorkerEvent.Contributed;
import io.ruche.scheduler.WorkerEvent.Expelled;
import io.ruche.scheduler.WorkerEvent.Failed;
import io.ruche.scheduler.WorkerEvent.FundsObserved;
import io.ruche.scheduler.WorkerEvent.Heartbeat;
import io.ruche.scheduler.WorkerEvent.Joined;
import io.ruche.scheduler.WorkerEvent.Left;
import io.ruche.scheduler.WorkerEvent.Opened;
import io.ruche.scheduler.WorkerEvent.Progressed;
import io.ruche.scheduler.WorkerEvent.Refused;
import io.ruche.scheduler.WorkerEvent.Revealed;
import io.ruche.scheduler.WorkerEvent.SlotsFreed;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;

/** Takes in what workers say; what an attempt's state does not allow is ignored. */
final class WorkerDesk {
  /** A worker that refuses so has, or had, a digest of the task. */
  private static final Set<String> OF_A_DIGEST =
      Set.of("CONTRIBUTION_REFUSED", "ALREADY_CONTRIBUTED", "DIGEST_DIFFERS");

  /** The worker's chain contradicts what the pool believes of it; one of them is behind. */
  private static final Set<String> OF_THE_CHAIN =
      Set.of("CONTRIBUTION_REFUSED", "ALREADY_CONTRIBUTED", "DEAL_UNKNOWN");

  /** The machine does not hold the attempt that it is asked about. */
  private static final String UNKNOWN_ATTEMPT = "UNKNOWN_ATTEMPT";

  private final PoolState pool;
  private final Sessions sessions;
  private final AttemptBook book;
  private final Matcher matcher;
  private final TaskDriver driver;
  private final CommitCheck commitCheck;

  WorkerDesk(
      PoolState pool,
      Sessions sessions,
      AttemptBook book,
      Matcher matcher,
      TaskDriver driver,
      CommitCheck commitCheck) {
    this.pool = pool;
    this.sessions = sessions;
    this.book = book;
    this.matcher = matcher;
    this.driver = driver;
    this.commitCheck = commitCheck;
  }

  void on(WorkerEvent event, Instant now) {
    if (event instanceof Joined joined) {
      driver.driveAll(sessions.joined(joined, now), now);
      return;
    }
    var worker = pool.workforce().find(event.machine());
    if (worker == null) {
      return;
    }
    worker.heard(now);
    switch (event) {
      case Joined joined -> driver.driveAll(sessions.joined(joined, now), now);
      case Left left -> sessions.left(worker, now);
      case Expelled expelled -> driver.driveAll(sessions.expelled(worker, now), now);
      case Heartbeat heartbeat -> {
        driver.driveAll(sessions.heartbeat(worker, heartbeat, now), now);
        matcher.serve(worker, now);
      }
      case SlotsFreed freed -> {
        int limit = pool.workforce().slotLimit(worker);
        worker.reported(freed.freeSlots(), 0, limit);
        worker.wants(freed.ahead(), limit);
        matcher.serve(worker, now);
      }
      case FundsObserved funds -> {
        sessions.funds(worker, funds.funds());
        matcher.serve(worker, now);
      }
      case Progressed progressed ->
        with(
            event.machine(),
            progressed.attempt(),
            now,
            (task, attempt) -> attempt.progressed(progressed.phase(), progressed.detail()));
      case Committed committed ->
        with(
            event.machine(),
            committed.attempt(),
            now,
            (task, attempt) -> committed(task, attempt, committed, now));
      case Opened opened ->
        with(
            event.machine(),
            opened.attempt(),
            now,
            (task, attempt) -> opened(task, attempt, opened));
      case Contributed contributed ->
        with(event.machine(), contributed.attempt(), now, (task, attempt) -> {
          attempt.used(contributed.usage());
          contributed(task, attempt, now);
        });
      case Revealed revealed -> {}
      case Failed failed ->
        with(
            event.machine(),
            failed.attempt(),
            now,
            (task, attempt) -> failed(task, attempt, failed, now));
      case Refused refused ->
        with(
            event.machine(),
            refused.attempt(),
            now,
            (task, attempt) -> refused(worker, task, attempt, refused.code(), now));
    }
  }

  private void with(
      Address machine, AttemptId id, Instant now, BiConsumer<PoolTask, Attempt> change) {
    var task = pool.task(id.task());
    var attempt = task == null ? null : task.attempts().find(id.number());
    if (task != null && attempt != null && attempt.machine().equals(machine)) {
      change.accept(task, attempt);
      driver.drive(task, now);
    }
  }

  private void committed(PoolTask task, Attempt attempt, Committed event, Instant now) {
    attempt.used(event.usage());
    boolean isAwaited =
        attempt.is(State.ASSIGNED) || (attempt.is(State.CERTIFYING) && !attempt.isAuthorized());
    if (isAwaited && attempt.commit() == null) {
      book.committed(task, attempt, event.commit(), now);
    }
  }

  /** The machine knows best with which of the worker's attempts it contributed. */
  private void contributed(PoolTask task, Attempt attempt, Instant now) {
    if (!attempt.isAuthorized() || attempt.is(State.CONTRIBUTED)) {
      return;
    }
    for (var other : task.attempts().of(attempt.worker())) {
      if (!other.isPending() || other == attempt) {
        continue;
      }
      if (other.machine().equals(attempt.machine())) {
        book.drop(task, other, DropReason.NOT_NEEDED, now);
      } else {
        book.abort(task, other, DropReason.NOT_NEEDED, "another machine contributed", now);
      }
    }
    book.contributed(task, attempt, now);
  }

  private void opened(PoolTask task, Attempt attempt, Opened event) {
    if (attempt.opening() == null) {
      attempt.opened(new Opening(event.digest(), event.salt()));
      pool.outbox().record(new Fact.AttemptOpened(attempt.id(), event.digest(), event.salt()));
      commitCheck.check(task, attempt);
    }
  }

  private void failed(PoolTask task, Attempt attempt, Failed event, Instant now) {
    boolean isNews = attempt.is(State.ASSIGNED)
        || attempt.is(State.COMMITTED)
        || (attempt.is(State.DROPPED) && attempt.dropReason() != DropReason.REFUSED);
    if (isNews) {
      int exitCode = event.code() == FailureCode.EXIT ? event.exitCode() : 0;
      book.failed(task, attempt, new Failure(event.code(), exitCode), event.detail(), now);
    }
  }

  /** Of an attempt that was given up, a cancelled task must know how it ended. */
  private static boolean isAnswerToCancel(PoolTask task, Attempt attempt) {
    return task.cancellation() != null
        && attempt.is(State.DROPPED)
        && attempt.dropReason() != DropReason.REFUSED
        && attempt.dropReason() != DropReason.HAS_DIGEST;
  }

  /**
   * The chain tells who voted, not in which attempt; a worker that was given a task twice may have
   * voted in the one that we took for lost.
   */
  private void votedWithAnother(PoolTask task, Attempt attempt, Instant now) {
    if (task.attempts().of(attempt.worker()).size() == 1) {
      return;
    }
    book.drop(task, attempt, DropReason.REFUSED, now);
    var other = task.attempts().votingOf(attempt.worker());
    if (other != null && other != attempt) {
      book.contributed(task, other, now);
    }
  }

  /** It gets nothing more until its next heartbeat says that it has a free slot. */
  private void refused(
      WorkerSession worker, PoolTask task, Attempt attempt, String code, Instant now) {
    var reason = OF_A_DIGEST.contains(code) ? DropReason.HAS_DIGEST : DropReason.REFUSED;
    boolean isOpen = attempt.isPending() && !attempt.is(State.CONTRIBUTED);
    if (isOpen || isAnswerToCancel(task, attempt)) {
      book.drop(task, attempt, reason, now);
    } else if (attempt.is(State.CONTRIBUTED) && code.equals(UNKNOWN_ATTEMPT)) {
      votedWithAnother(task, attempt, now);
    }
    if (task.round().uploader() == attempt) {
      task.round().uploadFailed(attempt.machine());
    }
    if (OF_THE_CHAIN.contains(code)) {
      // What was read of the task may have been overtaken by a reorg while it was on its way.
      pool.outbox().observe(task.id());
    }
    worker.closeSlots();
    pool.workforce().slotsChanged(worker);
    if (worker.mayAskFunds(now, pool.policy())) {
      pool.outbox().send(new Command.ObserveFunds(worker.machine(), worker.worker()));
    }
  }
}
