package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import io.ruche.scheduler.ChainEvent.ConsensusReached;
import io.ruche.scheduler.ChainEvent.ContributionJudged;
import io.ruche.scheduler.ChainEvent.DealMatched;
import io.ruche.scheduler.ChainEvent.DealRolledBack;
import io.ruche.scheduler.ChainEvent.TaskClaimed;
import io.ruche.scheduler.ChainEvent.TaskContributed;
import io.ruche.scheduler.ChainEvent.TaskFinalized;
import io.ruche.scheduler.ChainEvent.TaskInitialized;
import io.ruche.scheduler.ChainEvent.TaskObserved;
import io.ruche.scheduler.ChainEvent.TaskReopened;
import io.ruche.scheduler.ChainEvent.TaskRevealed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
      case TaskInitialized(var id) -> change(id, now, task -> task.chain().initialized());
      case TaskContributed contributed ->
        change(contributed.task(), now, task -> contributed(task, contributed, now));
      case ConsensusReached(var id, var hash, var at) ->
        change(id, now, task -> task.chain().agreed(hash, at.plus(task.deal().revealTime())));
      case TaskRevealed(var id, var worker, var digest) ->
        change(id, now, task -> task.chain().revealed(worker, digest));
      case TaskReopened(var id) ->
        change(id, now, task -> {
          task.chain().reopened(now, RevealStage.CHAIN_SLACK);
          pool.outbox().observe(id);
        });
      case TaskFinalized(var id) ->
        change(id, now, task -> task.chain().ended(TaskStatus.COMPLETED));
      case TaskClaimed(var id) -> change(id, now, task -> task.chain().ended(TaskStatus.FAILED));
      case ContributionJudged judged -> judged(judged);
      case TaskObserved observed ->
        change(observed.task().id(), now, task -> observed(task, observed, now));
    }
  }

  private void change(TaskId id, Instant now, Consumer<PoolTask> change) {
    var task = pool.task(id);
    if (task != null) {
      change.accept(task);
      driver.drive(task, now);
    }
  }

  private void contributed(PoolTask task, TaskContributed event, Instant now) {
    long weight = pool.workforce().weightOf(event.worker());
    task.chain().contributed(event.worker(), event.resultHash(), weight);
    noticeVote(task, event.worker(), now);
  }

  private void observed(PoolTask task, TaskObserved event, Instant now) {
    Set<Address> before = new TreeSet<>(task.chain().votes().keySet());
    task.chain().observed(event, pool.workforce()::weightOf, now);
    task.chain().votes().keySet().forEach(worker -> noticeVote(task, worker, now));
    before.removeAll(task.chain().votes().keySet());
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
