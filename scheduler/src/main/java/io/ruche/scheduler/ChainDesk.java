package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.ChainEvent.ConsensusReached;
import io.ruche.scheduler.ChainEvent.ContributionJudged;
import io.ruche.scheduler.ChainEvent.DealMatched;
import io.ruche.scheduler.ChainEvent.DealRolledBack;
import io.ruche.scheduler.ChainEvent.OfTask;
import io.ruche.scheduler.ChainEvent.TaskClaimed;
import io.ruche.scheduler.ChainEvent.TaskContributed;
import io.ruche.scheduler.ChainEvent.TaskFinalized;
import io.ruche.scheduler.ChainEvent.TaskInitialized;
import io.ruche.scheduler.ChainEvent.TaskObserved;
import io.ruche.scheduler.ChainEvent.TaskReopened;
import io.ruche.scheduler.ChainEvent.TaskRevealed;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Takes in what the chain did. */
final class ChainDesk {
  private final PoolState pool;
  private final DealDesk desk;
  private final AttemptBook book;
  private final TaskDriver driver;
  private final CommitCheck commitCheck;

  ChainDesk(
      PoolState pool, DealDesk desk, AttemptBook book, TaskDriver driver, CommitCheck commitCheck) {
    this.pool = pool;
    this.desk = desk;
    this.book = book;
    this.driver = driver;
    this.commitCheck = commitCheck;
  }

  void on(ChainEvent event, Instant now) {
    switch (event) {
      case DealMatched matched -> {
        var terms = new Fact.DealAccepted(matched.deal(), matched.category(), matched.app());
        driver.driveAll(desk.accept(terms, matched.isStarted()), now);
      }
      case DealRolledBack(var id) -> {
        var deal = pool.deals().get(id);
        if (deal != null) {
          desk.rollBack(deal, now);
          driver.driveAll(List.copyOf(deal.live()), now);
        }
      }
      case ContributionJudged judged -> judged(judged);
      case TaskObserved observed -> {
        var task = pool.task(observed.task().id());
        if (task != null) {
          observed(task, observed, now);
          driver.drive(task, now);
        }
      }
      case OfTask ofTask -> {
        var task = pool.task(ofTask.task());
        if (task != null) {
          change(task, ofTask, now);
          driver.drive(task, now);
        }
      }
    }
  }

  private void change(PoolTask task, OfTask event, Instant now) {
    switch (event) {
      case TaskInitialized _ -> task.chain().initialized();
      case TaskContributed contributed -> contributed(task, contributed, now);
      case ConsensusReached(var _, var hash, var at) ->
        task.chain().agreed(hash, at.plus(task.deal().revealTime()));
      case TaskRevealed(var _, var worker, var digest) -> task.chain().revealed(worker, digest);
      case TaskReopened _ -> {
        task.chain().reopened(now, RevealStage.CHAIN_SLACK);
        pool.outbox().observe(task.id());
      }
      case TaskFinalized _ -> task.chain().ended(TaskStatus.COMPLETED);
      case TaskClaimed _ -> task.chain().ended(TaskStatus.FAILED);
      case ContributionJudged _ -> {} // concerns its worker, not the task
    }
  }

  private void contributed(PoolTask task, TaskContributed event, Instant now) {
    long weight = pool.workforce().weightOf(event.worker());
    task.chain().contributed(event.worker(), event.resultHash(), weight);
    noticeVote(task, event.worker(), now);
  }

  private void observed(PoolTask task, TaskObserved event, Instant now) {
    var before = new TreeSet<Address>();
    task.chain().votes().forEach(vote -> before.add(vote.worker()));
    task.chain().observed(event, pool.workforce()::weightOf, now);
    for (var vote : task.chain().votes()) {
      noticeVote(task, vote.worker(), now);
      before.remove(vote.worker());
    }
    before.forEach(worker -> waitAnew(task, worker, now));
  }

  private void noticeVote(PoolTask task, Address worker, Instant now) {
    var attempt = task.attempts().votingOf(worker);
    if (attempt != null && !attempt.is(State.CONTRIBUTED)) {
      book.contributed(task, attempt, now);
    }
    if (attempt != null) {
      commitCheck.check(task, attempt);
    }
  }

  /** Its contribution left the chain; the worker's transaction may well be mined again. */
  private static void waitAnew(PoolTask task, Address worker, Instant now) {
    var attempt = task.attempts().votingOf(worker);
    if (attempt != null && attempt.is(State.CONTRIBUTED)) {
      attempt.contributed(now);
    }
  }

  private void judged(ContributionJudged event) {
    var worker = pool.workforce().contributor(event.worker());
    if (worker != null) {
      worker.judged(event.isAccurate());
    }
  }
}
