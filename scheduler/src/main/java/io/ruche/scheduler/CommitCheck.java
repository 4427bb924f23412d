package io.ruche.scheduler;

import io.ruche.core.ContributionHashes;

/** Compares what a worker committed to, what it opened, and what it put on chain. */
final class CommitCheck {
  private final PoolState pool;

  CommitCheck(PoolState pool) {
    this.pool = pool;
  }

  /** A worker that contributed another digest than it had committed to gets no more work. */
  void check(PoolTask task, Attempt attempt) {
    var opening = attempt.opening();
    var commit = attempt.commit();
    if (opening == null || commit == null) {
      return;
    }
    var opened = ContributionHashes.offChainCommit(opening.digest(), opening.salt());
    var vote = task.chain().voteOf(attempt.worker());
    boolean isTrue = opened.equals(commit)
        && (vote == null
            || vote.resultHash().equals(FailureVote.resultHash(task.id(), opening.digest())));
    if (!isTrue && !pool.workforce().isDistrusted(attempt.worker())) {
      pool.workforce().distrust(attempt.worker(), attempt.id());
      pool.outbox().record(new Fact.WorkerDistrusted(attempt.worker(), attempt.id()));
    }
  }
}
