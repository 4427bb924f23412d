package io.ruche.scheduler;

import io.ruche.core.Failure;
import io.ruche.scheduler.Attempt.State;
import java.util.ArrayList;
import java.util.List;

/** Writes down the present state as facts. */
final class Snapshot {
  private final PoolState pool;
  private final List<Fact> facts = new ArrayList<>();

  Snapshot(PoolState pool) {
    this.pool = pool;
  }

  List<Fact> facts() {
    for (var deal : pool.deals().values()) {
      facts.add(deal.terms());
      facts.add(deal.settledFact());
      for (var task : deal.live()) {
        task.attempts().forEach(attempt -> add(task, attempt));
        addBelief(task);
        addResult(task);
        var cancel = task.cancelFact();
        if (cancel != null) {
          facts.add(cancel);
        }
      }
      var goneSince = deal.goneSince();
      if (goneSince != null) {
        facts.add(new Fact.DealGone(deal.id(), goneSince));
      }
    }
    pool.records()
        .all()
        .forEach((worker, record) -> facts.add(new Fact.WorkerRecorded(worker, record)));
    facts.addAll(pool.workforce().distrustedFacts());
    facts.addAll(pool.workforce().bans().facts());
    facts.addAll(pool.workforce().ratedFacts());
    var drainedSince = pool.drainedSince();
    if (drainedSince != null) {
      facts.add(new Fact.PoolDrained(drainedSince));
    }
    return List.copyOf(facts);
  }

  private void add(PoolTask task, Attempt attempt) {
    facts.add(new Fact.AttemptAssigned(
        attempt.id(),
        task.deal().id(),
        task.index(),
        attempt.machine(),
        attempt.worker(),
        attempt.owner(),
        attempt.isAuthorized(),
        attempt.assignedAt()));
    var failure = attempt.failure();
    if (failure != null) {
      addFailure(attempt, failure);
      if (attempt.wasCertified()) {
        facts.add(new Fact.FailureCertified(attempt.id(), failure));
      }
    }
    if (attempt.commit() != null) {
      facts.add(new Fact.AttemptCommitted(attempt.id(), attempt.commit()));
      if (attempt.isAuthorized()) {
        facts.add(new Fact.AttemptAuthorized(attempt.id()));
      }
    }
    var opening = attempt.opening();
    if (opening != null) {
      facts.add(new Fact.AttemptOpened(attempt.id(), opening.digest(), opening.salt()));
    }
    addEnd(attempt);
  }

  private void addFailure(Attempt attempt, Failure failure) {
    facts.add(
        new Fact.AttemptFailed(attempt.id(), failure.code(), failure.exitCode(), attempt.detail()));
  }

  /** Said again where what was written since led elsewhere. */
  private void addEnd(Attempt attempt) {
    var failure = attempt.failure();
    var dropReason = attempt.dropReason();
    boolean hasMoved = attempt.commit() != null || attempt.wasCertified();
    if (dropReason != null) {
      facts.add(new Fact.AttemptDropped(attempt.id(), dropReason));
    } else if (failure != null && hasMoved && attempt.is(State.FAILED)) {
      addFailure(attempt, failure);
    } else if (failure != null && attempt.commit() != null && attempt.is(State.CERTIFYING)) {
      facts.add(new Fact.FailureCertified(attempt.id(), failure));
    }
  }

  private void addBelief(PoolTask task) {
    var believed = task.believed();
    var first = task.attempts().stream().findFirst();
    if (believed != null && first.isPresent()) {
      facts.add(new Fact.ResultBelieved(first.get().id(), believed));
    }
    for (var attempt : task.attempts()) {
      if (attempt.isJudged()) {
        var record = pool.records().of(attempt.worker());
        facts.add(new Fact.AttemptJudged(attempt.id(), attempt.worker(), record));
      }
    }
  }

  private void addResult(PoolTask task) {
    var result = task.result();
    var first = task.attempts().stream().findFirst();
    if (result != null && first.isPresent()) {
      facts.add(new Fact.ResultKept(first.get().id(), result));
    }
  }
}
