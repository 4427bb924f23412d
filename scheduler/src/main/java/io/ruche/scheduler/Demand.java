package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Attempt.State;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** How many more runs each task wants, and the queue that follows from it. */
final class Demand {
  private final PoolState pool;
  private final Belief belief;

  Demand(PoolState pool, Belief belief) {
    this.pool = pool;
    this.belief = belief;
  }

  /** Brings the queue in line with what the task wants now. */
  void refresh(PoolTask task, Instant now) {
    queue(task, wanted(task, now), now);
  }

  /** Lets the task wait in the queue, or not, as it wants so many runs. */
  void queue(PoolTask task, int wanted, Instant now) {
    if (task.isKeptBack(now) && now.isBefore(task.deadlines().halfTime())) {
      task.wakeBy(task.deadlines().halfTime());
    }
    if (wanted == 0) {
      task.waiting(null);
      pool.ready().remove(task);
    } else {
      noteWait(task, now);
      pool.ready().add(task);
    }
  }

  /** It wants a run from now on, unless it did before. */
  void noteWait(PoolTask task, Instant now) {
    if (task.waitingSince() == null) {
      task.waiting(now);
    }
  }

  int wanted(PoolTask task, Instant now) {
    boolean isOpen = task.chain().isKnown()
        && task.chain().status() == TaskStatus.ACTIVE
        && !task.isKeptBack(now)
        && now.isBefore(task.deadlines().assignCutoff());
    if (!isOpen) {
      return 0;
    }
    int missing = missing(task);
    if (missing == 0 && isStalled(task)) {
      missing = 1;
    }
    if (task.isSuspect()) {
      missing = Math.min(missing, 1 - task.attempts().atWork());
    }
    return Math.max(0, Math.min(missing, maxAttempts(task) - spent(task)));
  }

  boolean isExhausted(PoolTask task) {
    return spent(task) >= maxAttempts(task);
  }

  /**
   * Attempts that count against their bound. Who only said that the task is cancelled ran nothing,
   * and a cancel that is overtaken in the end must not have used up the runs; as many again may say
   * so.
   */
  private int spent(PoolTask task) {
    int all = task.attempts().size();
    int most = maxAttempts(task);
    if (all < most) {
      return all;
    }
    int stopped = (int) task.attempts().stream()
        .filter(attempt -> attempt.isFailedBy(FailureCode.CANCELLED))
        .count();
    return Math.max(all - stopped, all - most);
  }

  /** Runs missing until consensus if everybody who is at work agrees. */
  int missing(PoolTask task) {
    if (belief.decides(task)) {
      return belief.missing(task);
    }
    if (task.isFresh()) {
      return task.deal().copiesWhenAllAgree();
    }
    var pending = task.attempts().pending();
    if (isUnopposed(task, pending)) {
      return missingUnopposed(task, pending);
    }
    var undecided = new ArrayList<Long>();
    for (var attempt : pending) {
      if (!attempt.is(State.CERTIFYING)) {
        undecided.add(pool.workforce().weightOf(attempt.worker()));
      }
    }
    if (task.cancellation() != null) {
      addStopped(task, undecided);
    }
    return Copies.missing(groups(task), undecided, task.deal().trust());
  }

  /** Nobody voted, or is asked to vote, for another result than the others. */
  private static boolean isUnopposed(PoolTask task, List<Attempt> pending) {
    if (task.cancellation() != null || !task.chain().isUnanimous()) {
      return false;
    }
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).is(State.CERTIFYING)) {
        return false;
      }
    }
    return true;
  }

  /** The same without large numbers, for nearly every look at a task comes here. */
  private int missingUnopposed(PoolTask task, List<Attempt> running) {
    long trust = task.deal().trust();
    long group = task.chain().unanimousWeight(trust);
    for (int i = 0; i < running.size(); i++) {
      long weight = pool.workforce().weightOf(running.get(i).worker());
      group = Consensus.joinUnopposed(group, weight, trust);
    }
    return Consensus.copiesMissingUnopposed(group, trust);
  }

  /** Who stopped will vote that the task was cancelled, once for each owner. */
  private void addStopped(PoolTask task, List<Long> undecided) {
    var owners = new HashSet<Address>();
    for (var attempt : task.attempts()) {
      if (isStopped(attempt)
          && !task.chain().hasVoted(attempt.worker())
          && owners.add(attempt.owner())) {
        undecided.add(pool.workforce().weightOf(attempt.worker()));
      }
    }
  }

  /** It reported that it stopped, and is there to say so on chain. */
  boolean isStopped(Attempt attempt) {
    return attempt.is(State.FAILED)
        && attempt.isFailedBy(FailureCode.CANCELLED)
        && pool.workforce().isConnected(attempt.machine());
  }

  /** Groups on chain, with those who were asked to contribute a certified failure. */
  Map<Digest, BigInteger> groups(PoolTask task) {
    var groups = task.chain().groups();
    for (var attempt : task.attempts()) {
      var failure = attempt.failure();
      boolean isExpected = attempt.is(State.CERTIFYING)
          && !task.chain().hasVoted(attempt.worker())
          && pool.workforce().isConnected(attempt.machine());
      if (isExpected && failure != null) {
        var hash = FailureVote.resultHash(task, failure);
        var group = groups.getOrDefault(hash, BigInteger.ZERO);
        groups.put(hash, Consensus.join(group, pool.workforce().weightOf(attempt.worker())));
      }
    }
    return groups;
  }

  /** Nobody is at work, and yet the chain, looked at since, shows no consensus. */
  private static boolean isStalled(PoolTask task) {
    var since = task.stalledSince();
    return since != null && task.chain().observedAt().isAfter(since);
  }

  private int maxAttempts(PoolTask task) {
    return Math.max(pool.policy().maxAttempts(), 2 * task.deal().copiesWhenAllAgree());
  }
}
