package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task in memory: what the chain holds of it, its attempts, and what was asked for it. */
final class PoolTask extends Wakeable implements Comparable<PoolTask> {
  /** Machines that were lost while they ran a task, after which it rests. */
  static final int MAX_KILLED_AT_ONCE = 5;

  /** Machines that were lost while they ran a task, after which it is given to no other. */
  static final int MAX_KILLED = 2 * MAX_KILLED_AT_ONCE;

  private final OpenDeal deal;
  private final long index;
  private final TaskId id;
  private final ChainView chain;
  private final Attempts attempts;
  private final TxWatch tx = new TxWatch();
  private final RevealRound round = new RevealRound();
  private final Instant createdAt;
  private @Nullable StoredResult result;
  private @Nullable Digest hashedDigest;
  private @Nullable Digest resultHash;
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
  private @Nullable String queuedAs;
  private int countedAtWork;
  private boolean isStarting;
  private boolean isForgotten;

  PoolTask(OpenDeal deal, long index, boolean isChainKnown, Instant createdAt) {
    this.deal = deal;
    this.index = index;
    this.id = TaskId.of(deal.id(), index);
    this.chain = new ChainView(isChainKnown);
    this.attempts = new Attempts(chain);
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

  Attempts attempts() {
    return attempts;
  }

  /**
   * Several machines were lost while they ran it. Where machines come and go that may be chance, so
   * it gets a second one, of one machine at a time, when half of its time is over.
   */
  boolean isSuspect() {
    return attempts.size() >= MAX_KILLED_AT_ONCE && attempts.killed() >= MAX_KILLED_AT_ONCE;
  }

  /** Nobody gets it now, as it may be what ended so many machines. */
  boolean isKeptBack(Instant now) {
    return isSuspect() && (now.isBefore(deadlines().halfTime()) || attempts.killed() >= MAX_KILLED);
  }

  /** Nothing is known of it that would be missed after a restart. */
  boolean isUntouched() {
    return attempts.isEmpty() && cancelFact() == null;
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

  /**
   * The consensus is on this result, or there is none yet. Of what a winner revealed the hub has
   * compared the hash.
   */
  boolean mayBeTheResult(StoredResult candidate) {
    var consensus = chain.consensus();
    return consensus == null
        || chain.isRevealed(candidate.digest())
        || consensus.equals(resultHashOf(candidate));
  }

  /** Every look at a task with a consensus asks for it of the result that is kept. */
  private Digest resultHashOf(StoredResult candidate) {
    if (resultHash == null || !candidate.digest().equals(hashedDigest)) {
      hashedDigest = candidate.digest();
      resultHash = FailureVote.resultHash(id, hashedDigest);
    }
    return resultHash;
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

  Deadlines deadlines() {
    return deal.deadlines();
  }

  /** The kind of queue in which it waits for a worker; null while it waits in none. */
  @Nullable
  String queuedAs() {
    return queuedAs;
  }

  void queued(@Nullable String kind) {
    queuedAs = kind;
  }

  /** Runs of it that count as its requester's share. */
  int countedAtWork() {
    return countedAtWork;
  }

  void countAtWork(int runs) {
    countedAtWork = runs;
  }

  /** It waits to be initialized, or for the transaction that does it. */
  boolean isStarting() {
    return isStarting;
  }

  void starting(boolean value) {
    isStarting = value;
  }

  /** It is in memory no more; whoever still holds it must leave it alone. */
  boolean isForgotten() {
    return isForgotten;
  }

  void forgotten() {
    isForgotten = true;
  }

  /** Earliest deadline first, then by deal and index. */
  @Override
  public int compareTo(PoolTask other) {
    int byDeal = deal == other.deal ? 0 : deal.compareTo(other.deal);
    return byDeal != 0 ? byDeal : Long.compare(index, other.index);
  }
}
