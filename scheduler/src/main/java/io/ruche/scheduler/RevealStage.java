package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Duration;
import java.time.Instant;

/** A task with a consensus: winners reveal, one of them uploads, the task is finalized. */
final class RevealStage {
  /**
   * Block times may lag behind ours; what the hub allows from a time on is asked for this later.
   */
  static final Duration CHAIN_SLACK = Duration.ofSeconds(2);

  private final PoolState pool;
  private final AttemptBook book;
  private final Demand demand;
  private final Transactions transactions;

  RevealStage(PoolState pool, AttemptBook book, Demand demand, Transactions transactions) {
    this.pool = pool;
    this.book = book;
    this.demand = demand;
    this.transactions = transactions;
  }

  void drive(PoolTask task, Instant now) {
    demand.refresh(task, now);
    book.abortPending(task, "the others agreed without it", now);
    task.wakeBy(task.deadlines().claimable());
    var revealEnd = revealEnd(task);
    boolean isRevealOver = !now.isBefore(revealEnd);
    if (!isRevealOver) {
      task.wakeBy(revealEnd);
    }
    var result = task.result();
    if (result != null && !task.mayBeTheResult(result)) {
      task.keep(null);
    }
    if (task.chain().reveals().isEmpty() && isRevealOver) {
      reopen(task, now);
      return;
    }
    if (isAboutToSettleItself(task, now)) {
      return;
    }
    tellWinners(task, now);
    result = task.result();
    if (result == null) {
      fetchResult(task, now);
    } else if (isFinalizable(task, isRevealOver)) {
      finalizeTask(task, result, now);
    }
  }

  /** A winner that could finalize as well did so in the same transaction, or never will. */
  private static boolean isAboutToSettleItself(PoolTask task, Instant now) {
    if (task.deal().release() != Release.AFTER_RESULT || task.result() == null) {
      return false;
    }
    var end = task.round().since(now).plus(CHAIN_SLACK);
    if (!now.isBefore(end)) {
      return false;
    }
    task.wakeBy(end);
    return true;
  }

  private static Instant revealEnd(PoolTask task) {
    return task.chain().revealDeadline().plus(CHAIN_SLACK);
  }

  private void tellWinners(PoolTask task, Instant now) {
    if (!now.isBefore(task.chain().revealDeadline())) {
      return;
    }
    var votes = task.chain().votes();
    for (int i = 0; i < votes.size(); i++) {
      var worker = votes.get(i).worker();
      if (task.chain().isWinning(votes.get(i)) && !task.chain().hasRevealed(worker)) {
        tellWinner(task, worker, now);
      }
    }
  }

  private void tellWinner(PoolTask task, Address worker, Instant now) {
    var attempt = task.attempts().votingOf(worker);
    if (attempt == null) {
      return;
    }
    var last = task.round().toldToRevealAt(worker);
    if (last.equals(Instant.MIN) || !now.isBefore(last.plus(pool.policy().resendAfter()))) {
      task.round().toldToReveal(worker, now);
      pool.outbox().send(new Command.Reveal(attempt.machine(), attempt.id()));
    }
    task.wakeBy(task.round().toldToRevealAt(worker).plus(pool.policy().resendAfter()));
  }

  private void fetchResult(PoolTask task, Instant now) {
    if (task.chain().reveals().isEmpty()) {
      return;
    }
    var uploader = task.round().uploader();
    if (uploader != null) {
      var patienceEnd = task.round().uploadAskedAt().plus(pool.policy().uploadPatience());
      if (now.isBefore(patienceEnd) && pool.workforce().isConnected(uploader.machine())) {
        task.wakeBy(patienceEnd);
        return;
      }
      task.round().uploadFailed(uploader.machine());
    }
    askNext(task, now);
  }

  private void askNext(PoolTask task, Instant now) {
    var rest = task.round().uploadsRestUntil();
    if (now.isBefore(rest)) {
      task.wakeBy(rest);
      return;
    }
    boolean isAnybodyThere = false;
    for (var reveal : task.chain().reveals()) {
      var attempt = task.attempts().votingOf(reveal.worker());
      if (attempt != null && pool.workforce().isConnected(attempt.machine())) {
        isAnybodyThere = true;
        if (!task.round().hasUploadFailed(attempt.machine())) {
          ask(task, attempt, reveal.digest(), now);
          return;
        }
      }
    }
    var again = now.plus(pool.policy().resendAfter());
    if (isAnybodyThere) {
      task.round().forgiveUploads(again);
    }
    task.wakeBy(again);
  }

  private void ask(PoolTask task, Attempt attempt, Digest digest, Instant now) {
    task.round().askForUpload(attempt, now);
    task.wakeBy(now.plus(pool.policy().uploadPatience()));
    pool.outbox().send(new Command.RequestUpload(attempt.machine(), attempt.id(), digest));
  }

  private static boolean isFinalizable(PoolTask task, boolean isRevealOver) {
    return task.chain().isAllRevealed()
        || (isRevealOver && !task.chain().reveals().isEmpty());
  }

  private void finalizeTask(PoolTask task, StoredResult result, Instant now) {
    transactions.want(
        task,
        ChainAction.FINALIZE,
        now,
        () -> pool.outbox()
            .send(new Command.Finalize(task.id(), result.settlement(task.deal().hasCallback()))));
  }

  /** Only when another round can still gather contributions. */
  private void reopen(PoolTask task, Instant now) {
    if (now.isBefore(task.deadlines().assignCutoff())) {
      transactions.want(
          task, ChainAction.REOPEN, now, () -> pool.outbox().send(new Command.Reopen(task.id())));
    }
  }
}
