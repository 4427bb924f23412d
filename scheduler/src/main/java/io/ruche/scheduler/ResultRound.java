package io.ruche.scheduler;

import io.ruche.core.Digest;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.Fact.DropReason;
import java.time.Instant;

/**
 * A task that needs one run only: its worker uploads the result, and is authorized to contribute
 * and finalize once the pool has stored it. One attempt at a time; the others wait their turn.
 */
final class ResultRound {
  private final PoolState pool;
  private final AttemptBook book;

  ResultRound(PoolState pool, AttemptBook book) {
    this.pool = pool;
    this.book = book;
  }

  void drive(PoolTask task, Instant now) {
    var first = task.attempts().pending().stream()
        .filter(attempt -> attempt.is(State.COMMITTED) && attempt.opening() != null)
        .findFirst()
        .orElse(null);
    if (first == null || first.opening() == null) {
      return;
    }
    var digest = first.opening().digest();
    var result = task.result();
    if (result == null || !result.digest().equals(digest)) {
      fetch(task, first, digest, now);
    } else if (!first.isAuthorized()) {
      book.authorize(task, first, result.settlement(task.deal().hasCallback()), now);
      task.wakeBy(first.timeoutAt());
      task.wakeBy(first.sentAt().plus(pool.policy().resendAfter()));
    } else {
      authorizeAgain(task, first, result, now);
    }
  }

  /**
   * A worker opens its commit in the same breath. One that does not has forgotten it, or never
   * meant to, and must not keep the task until its deadline.
   */
  void dropUnopened(PoolTask task, Instant now) {
    var pending = task.attempts().pending();
    for (int i = 0; i < pending.size(); i++) {
      var attempt = pending.get(i);
      if (attempt.is(State.COMMITTED) && attempt.opening() == null) {
        var end = attempt.changedAt().plus(pool.policy().uploadPatience());
        if (now.isBefore(end)) {
          task.wakeBy(end);
        } else {
          book.abort(task, attempt, DropReason.TIMED_OUT, "its commit was not opened", now);
        }
      }
    }
  }

  private void authorizeAgain(PoolTask task, Attempt attempt, StoredResult result, Instant now) {
    if (!now.isBefore(attempt.sentAt().plus(pool.policy().resendAfter()))) {
      attempt.told(now);
      book.sendAuthorize(attempt, result.settlement(task.deal().hasCallback()));
    }
    task.wakeBy(attempt.sentAt().plus(pool.policy().resendAfter()));
  }

  /** Another attempt's result makes room; a worker that cannot deliver loses the task. */
  private void fetch(PoolTask task, Attempt attempt, Digest digest, Instant now) {
    task.keep(null);
    var round = task.round();
    if (round.hasUploadFailed(attempt.machine())) {
      giveUp(task, attempt, now);
      return;
    }
    if (round.uploader() != attempt) {
      round.askForUpload(attempt, now);
      pool.outbox().send(new Command.RequestUpload(attempt.machine(), attempt.id(), digest));
    }
    var end = round.uploadAskedAt().plus(pool.policy().uploadPatience());
    if (now.isBefore(end)) {
      task.wakeBy(end);
    } else {
      round.uploadFailed(attempt.machine());
      giveUp(task, attempt, now);
    }
  }

  /** It is the next one's turn, at once. */
  private void giveUp(PoolTask task, Attempt attempt, Instant now) {
    book.abort(task, attempt, DropReason.TIMED_OUT, "its result did not arrive", now);
    task.wakeBy(now);
  }
}
