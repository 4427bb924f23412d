package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.Category;
import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task in memory: what the chain holds of it, its attempts, and what was asked for it. */
final class PoolTask implements Wakeable, Comparable<PoolTask> {
  /** Machines that were lost while they ran a task, after which it is given to no other. */
  static final int MAX_KILLED = 5;

  private final OpenDeal deal;
  private final long index;
  private final TaskId id;
  private final ChainView chain;
  private final TreeMap<Integer, Attempt> attempts = new TreeMap<>();
  private final TxWatch tx = new TxWatch();
  private final RevealRound round = new RevealRound();
  private final Instant createdAt;
  private @Nullable StoredResult result;
  private @Nullable Digest believed;
  private @Nullable Instant stalledSince;
  private @Nullable Instant waitingSince;
  private @Nullable Instant settledAt;
  private @Nullable TaskStatus seenStatus;
  private Address canceller = Address.ZERO;
  private @Nullable Cancellation cancellation;
  private Instant cancelledAt = Instant.MAX;
  private boolean isCancelOvertaken;
  private Instant lookDueAt = Instant.MIN;
  private Instant wakeAt = Instant.MAX;

  PoolTask(OpenDeal deal, long index, boolean isChainKnown, Instant createdAt) {
    this.deal = deal;
    this.index = index;
    this.id = TaskId.of(deal.id(), index);
    this.chain = new ChainView(isChainKnown);
    this.createdAt = createdAt;
  }

  OpenDeal deal() {
    return deal;
  }

  /**
   * How the next run is released; what the chain counted already must be settled by votes. Of a
   * cancelled task nobody gets leave to contribute with the work.
   */
  Release release() {
    var wanted = deal.release();
    wanted =
        wanted == Release.AFTER_RESULT && !chain.votes().isEmpty() ? Release.WITH_WORK : wanted;
    return wanted == Release.WITH_WORK && cancellation != null ? Release.AFTER_COMMIT : wanted;
  }

  /** Why it is not run any more; null when it is. */
  @Nullable
  Cancellation cancellation() {
    return cancellation;
  }

  /** Since when it is to be stopped, as far as this process knows. */
  Instant cancelledAt() {
    return cancelledAt;
  }

  /** It was to be stopped and goes on nevertheless. */
  boolean isCancelOvertaken() {
    return isCancelOvertaken;
  }

  void cancel(Address newCanceller, Cancellation newCancellation, Instant now) {
    canceller = newCanceller;
    cancellation = newCancellation;
    cancelledAt = now;
    isCancelOvertaken = false;
  }

  void overtakeCancel() {
    cancellation = null;
    isCancelOvertaken = true;
  }

  /** What must be known of it after a restart; null when nobody stopped it. */
  @Nullable
  Fact cancelFact() {
    if (isCancelOvertaken) {
      return new Fact.CancelOvertaken(deal.id(), index);
    }
    return cancellation == null
        ? null
        : new Fact.CancelAsked(deal.id(), index, canceller, cancellation);
  }

  /** What a run released like this locks of its worker's deposit. */
  TokenAmount stakeOf(Release release) {
    return release == Release.AFTER_RESULT
        ? TokenAmount.ZERO
        : deal.terms().deal().workerStake();
  }

  long index() {
    return index;
  }

  TaskId id() {
    return id;
  }

  TaskKey key() {
    return new TaskKey(deal.id(), index);
  }

  ChainView chain() {
    return chain;
  }

  TxWatch tx() {
    return tx;
  }

  RevealRound round() {
    return round;
  }

  Instant createdAt() {
    return createdAt;
  }

  Collection<Attempt> attempts() {
    return attempts.values();
  }

  @Nullable
  Attempt attempt(int number) {
    return attempts.get(number);
  }

  Stream<Attempt> attemptsOf(Address worker) {
    return attempts.values().stream().filter(attempt -> attempt.worker().equals(worker));
  }

  /** The attempt with which a worker voted, as far as we can tell; the latest of equals. */
  @Nullable
  Attempt votingAttempt(Address worker) {
    return attemptsOf(worker)
        .max(Comparator.comparingInt(PoolTask::likelihood)
            .thenComparingInt(attempt -> attempt.id().number()))
        .orElse(null);
  }

  private static int likelihood(Attempt attempt) {
    if (attempt.is(Attempt.State.CONTRIBUTED)) {
      return 3;
    }
    if (attempt.isPending()) {
      return 2;
    }
    return attempt.dropReason() == Fact.DropReason.REFUSED ? 0 : 1;
  }

  void add(Attempt attempt) {
    attempts.put(attempt.id().number(), attempt);
  }

  AttemptId nextAttemptId() {
    return new AttemptId(id, attempts.isEmpty() ? 1 : attempts.lastKey() + 1);
  }

  /** Attempts that may still become a contribution which the chain does not show yet. */
  Stream<Attempt> pending() {
    return attempts.values().stream()
        .filter(attempt -> attempt.isPending() && !chain.hasVoted(attempt.worker()));
  }

  /** Machines that have not come back since they ran it. */
  int killed() {
    return (int) attempts.values().stream()
        .filter(attempt -> attempt.dropReason() == Fact.DropReason.LOST_RUNNING)
        .map(Attempt::machine)
        .distinct()
        .count();
  }

  boolean killsMachines() {
    return killed() >= MAX_KILLED;
  }

  int runsAtWork() {
    return (int) attempts.values().stream()
        .filter(attempt -> attempt.is(Attempt.State.ASSIGNED))
        .count();
  }

  boolean isFresh() {
    return attempts.isEmpty() && chain.votes().isEmpty();
  }

  @Nullable
  StoredResult result() {
    return result;
  }

  /** What the pool's own method took for right; null while it did not, or where votes decide. */
  @Nullable
  Digest believed() {
    return believed;
  }

  void believe(Digest digest) {
    believed = digest;
  }

  /** The consensus is on this result, or there is none yet. */
  boolean mayBeTheResult(StoredResult candidate) {
    var consensus = chain.consensus();
    return consensus == null || consensus.equals(FailureVote.resultHash(id, candidate.digest()));
  }

  void keep(@Nullable StoredResult newResult) {
    result = newResult;
  }

  /** Since when nothing is missing, nothing is pending, and still there is no consensus. */
  @Nullable
  Instant stalledSince() {
    return stalledSince;
  }

  void stalled(@Nullable Instant since) {
    stalledSince = since;
  }

  /** Since when it waits for a worker; null when it does not. */
  @Nullable
  Instant waitingSince() {
    return waitingSince;
  }

  void waiting(@Nullable Instant since) {
    waitingSince = since;
  }

  @Nullable
  Instant settledAt() {
    return settledAt;
  }

  void settled(@Nullable Instant at) {
    settledAt = at;
  }

  /** Forgets what was asked in a status that the task has left. */
  void noticeStatus() {
    if (seenStatus != chain.status()) {
      seenStatus = chain.status();
      tx.done();
      round.reset();
      stalledSince = null;
    }
    if (!chain.isSettled()) {
      settledAt = null;
    }
  }

  /** Until it is known: when the chain is to be asked about it again. */
  Instant lookDueAt() {
    return lookDueAt;
  }

  void lookDueAt(Instant at) {
    lookDueAt = at;
  }

  Instant wakeAt() {
    return wakeAt;
  }

  void sleep() {
    wakeAt = Instant.MAX;
  }

  void wakeBy(Instant at) {
    if (at.isBefore(wakeAt)) {
      wakeAt = at;
    }
  }

  /** From here on the hub surely lets anybody claim. */
  Instant claimableAt() {
    return deal.finalDeadline().plus(RevealStage.CHAIN_SLACK);
  }

  /** The margin before the chain's deadlines, at most a tenth of the time there is. */
  Duration margin(SchedulerPolicy policy) {
    return min(
        policy.deadlineMargin(),
        deal.referenceTime().multipliedBy(Category.CONTRIBUTION_RATIO).dividedBy(10));
  }

  /** No attempt is given out from here on. */
  Instant assignCutoff(SchedulerPolicy policy) {
    return deal.contributionDeadline().minus(margin(policy));
  }

  /** When half of the time to run it is over. */
  Instant halfTime(SchedulerPolicy policy) {
    var start = deal.terms().deal().startTime();
    return start.plus(Duration.between(start, assignCutoff(policy)).dividedBy(2));
  }

  /** A run that starts later than this may end too late, if it takes all the time it may. */
  Instant mustStartBy(SchedulerPolicy policy) {
    return assignCutoff(policy).minus(deal.limits().runTime()).minus(overhead(policy));
  }

  /** From here on the most frequent failure is certified, however few owners reported it. */
  Instant lastCall(SchedulerPolicy policy) {
    return deal.contributionDeadline().minus(margin(policy).multipliedBy(3));
  }

  /** Time to fetch before a run or to send a transaction after it. */
  Duration overhead(SchedulerPolicy policy) {
    return min(policy.attemptOverhead(), deal.referenceTime());
  }

  private static Duration min(Duration first, Duration second) {
    return first.compareTo(second) < 0 ? first : second;
  }

  /** Earliest deadline first, then by deal and index. */
  @Override
  public int compareTo(PoolTask other) {
    int byDeal = deal == other.deal ? 0 : deal.compareTo(other.deal);
    return byDeal != 0 ? byDeal : Long.compare(index, other.index);
  }
}
