package io.ruche.scheduler;

import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Duration;
import java.time.Instant;

/** A task that takes contributions: who runs it, who may contribute, what is certified. */
final class ActiveStage {
  /** Time in which a consensus may follow the contribution that caused it. */
  private static final Duration CONSENSUS_GRACE = Duration.ofSeconds(2);

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Matcher matcher;
  private final Certifier certifier;
  private final Canceller canceller;
  private final ResultRound resultRound;
  private final Belief belief;
  private final Stragglers stragglers;

  ActiveStage(
      PoolState pool,
      AttemptBook book,
      Demand demand,
      Matcher matcher,
      Certifier certifier,
      Canceller canceller,
      Belief belief) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.matcher = matcher;
    this.certifier = certifier;
    this.canceller = canceller;
    this.belief = belief;
    this.resultRound = new ResultRound(pool, book);
    this.stragglers = new Stragglers(pool, demand, matcher);
  }

  void drive(PoolTask task, Instant now) {
    task.wakeBy(task.deadlines().claimable());
    if (!now.isBefore(task.deadlines().contribution())) {
      closeContributions(task, now);
      return;
    }
    task.wakeBy(task.deadlines().contribution());
    dropOverdue(task, now);
    canceller.expire(task, now);
    if (task.cancellation() != null) {
      canceller.drive(task, now);
    }
    if (task.cancellation() == null) {
      certifier.drive(task, now);
    }
    release(task, now);
    noticeStall(task, now);
    matcher.offer(task, now);
    stragglers.drive(task, now);
  }

  /** Runs that can no longer count are stopped; a contribution may still be on its way to us. */
  private void closeContributions(PoolTask task, Instant now) {
    demand.refresh(task, now);
    var end = task.deadlines().contribution().plus(task.deadlines().margin());
    if (now.isBefore(end)) {
      task.wakeBy(end);
      return;
    }
    book.abortPending(task, "the contribution deadline has passed", now);
  }

  private void dropOverdue(PoolTask task, Instant now) {
    var pending = task.attempts().pending();
    for (int i = 0; i < pending.size(); i++) {
      var attempt = pending.get(i);
      if (attempt.is(State.CONTRIBUTED)) {
        lookForContribution(task, attempt, now);
      } else if (!now.isBefore(attempt.timeoutAt())) {
        book.abort(task, attempt, DropReason.TIMED_OUT, "it took too long", now);
      } else {
        task.wakeBy(attempt.timeoutAt());
      }
    }
  }

  /** The worker says it contributed, the chain does not show it: look, then stop believing it. */
  private void lookForContribution(PoolTask task, Attempt attempt, Instant now) {
    var due = attempt.changedAt().plus(pool.policy().txPatience());
    if (now.isBefore(due)) {
      task.wakeBy(due);
    } else if (task.chain().observedAt().isBefore(due)) {
      pool.outbox().observe(task.id());
      task.wakeBy(now.plus(pool.policy().resendAfter()));
    } else {
      book.drop(task, attempt, DropReason.TIMED_OUT, now);
    }
  }

  private void release(PoolTask task, Instant now) {
    if (task.release() == Release.AFTER_RESULT) {
      resultRound.dropUnopened(task, now);
      if (!belief.decides(task) || belief.drive(task, now)) {
        resultRound.drive(task, now);
      }
      return;
    }
    if (task.attempts().pendingIn(State.COMMITTED) == 0) {
      return;
    }
    var committed = task.attempts().pending().stream()
        .filter(attempt -> attempt.is(State.COMMITTED))
        .toList();
    int unreleased = (int) committed.stream().filter(a -> !a.isAuthorized()).count();
    int running = task.attempts().pendingIn(State.ASSIGNED);
    boolean isReleased =
        pool.policy().certification().isReleased(unreleased, running, demand.missing(task));
    for (var attempt : committed) {
      var due = attempt.sentAt().plus(pool.policy().resendAfter());
      if (!attempt.isAuthorized() && isReleased) {
        book.authorize(task, attempt, null, now);
        task.wakeBy(attempt.timeoutAt());
      } else if (attempt.isAuthorized() && !now.isBefore(due)) {
        attempt.told(now);
        book.sendAuthorize(attempt, null);
      }
      if (attempt.isAuthorized()) {
        task.wakeBy(attempt.sentAt().plus(pool.policy().resendAfter()));
      }
    }
  }

  /** Enough weight by our count but no consensus: our count may be wrong, so look at the chain. */
  private void noticeStall(PoolTask task, Instant now) {
    boolean isStill = task.chain().status() == TaskStatus.ACTIVE
        && !task.attempts().hasPending()
        && demand.missing(task) == 0;
    if (!isStill) {
      task.stalled(null);
      return;
    }
    var since = task.stalledSince();
    if (since == null) {
      since = now;
      task.stalled(now);
    }
    var due = since.plus(CONSENSUS_GRACE);
    if (now.isBefore(due)) {
      task.wakeBy(due);
    } else if (!task.chain().observedAt().isAfter(since)) {
      pool.outbox().observe(task.id());
      task.wakeBy(now.plus(pool.policy().resendAfter()));
    }
  }
}
