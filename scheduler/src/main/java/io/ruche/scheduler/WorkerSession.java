package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Consensus;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A worker that is connected, or that is gone but still holds attempts. */
final class WorkerSession implements Wakeable {
  private final Address worker;
  private Address owner;
  private WorkerOffer offer = NOTHING_OFFERED;
  private long score;
  private BigInteger freeStake = BigInteger.ZERO;
  private boolean isConnected;
  private Instant lastHeardAt;
  private Instant lostAt;
  private Instant fundsAskedAt = Instant.MIN;
  private int freeSlots;
  private final Set<Attempt> running = new LinkedHashSet<>();
  private final Set<Attempt> waiting = new LinkedHashSet<>();
  private final Map<String, PoolTask> bookmarks = new HashMap<>();

  private static final WorkerOffer NOTHING_OFFERED = new WorkerOffer(0, 0, 0, List.of());

  /** A worker that is known from the journal and has until {@code lostAt} to come back. */
  WorkerSession(Address worker, Address owner, Instant now, Instant lostAt) {
    this.worker = worker;
    this.owner = owner;
    this.lastHeardAt = now;
    this.lostAt = lostAt;
  }

  Address worker() {
    return worker;
  }

  Address owner() {
    return owner;
  }

  WorkerOffer offer() {
    return offer;
  }

  long score() {
    return score;
  }

  long weight() {
    return isConnected || score > 0 ? Consensus.weightOf(score) : Consensus.FRESH_WEIGHT;
  }

  boolean isConnected() {
    return isConnected;
  }

  Instant lastHeardAt() {
    return lastHeardAt;
  }

  int freeSlots() {
    return freeSlots;
  }

  boolean canStake(TokenAmount stake) {
    return freeStake.compareTo(stake.nano()) >= 0;
  }

  TokenAmount freeStake() {
    return new TokenAmount(freeStake.max(BigInteger.ZERO));
  }

  /** Attempts that are given to others when the worker is lost. */
  Set<Attempt> running() {
    return running;
  }

  /** Attempts of unsettled tasks whose run the pool has seen end: they committed or voted. */
  Set<Attempt> waiting() {
    return waiting;
  }

  boolean holdsNothing() {
    return running.isEmpty() && waiting.isEmpty();
  }

  /** Where its last look through the queue of this kind ended; null to start anew. */
  @Nullable
  PoolTask bookmark(String kind) {
    return bookmarks.get(kind);
  }

  void bookmark(String kind, @Nullable PoolTask task) {
    if (task == null) {
      bookmarks.remove(kind);
    } else {
      bookmarks.put(kind, task);
    }
  }

  void joined(Address newOwner, WorkerOffer newOffer, long newScore, Instant now) {
    owner = newOwner;
    offer = newOffer;
    score = newScore;
    isConnected = true;
    lastHeardAt = now;
    lostAt = Instant.MAX;
    freeSlots = 0;
  }

  void heard(Instant now) {
    lastHeardAt = now;
  }

  void left(Instant graceEnd) {
    isConnected = false;
    freeSlots = 0;
    lostAt = graceEnd;
  }

  /** When its running attempts go to others, unless it is heard from before. */
  Instant lostAt(SchedulerPolicy policy) {
    return isConnected ? lastHeardAt.plus(policy.workerLostAfter()) : lostAt;
  }

  /**
   * Takes over what a heartbeat says, less what was given out since. A run that has ended and only
   * waits for the chain takes no slot.
   *
   * @param unlisted running attempts that the heartbeat does not know of
   */
  void reported(int reportedFreeSlots, long unlisted) {
    long byWorker = reportedFreeSlots - unlisted;
    long busy = running.stream().filter(Attempt::needsSlot).count();
    long byOffer = offer.slots() - busy;
    freeSlots = (int) Math.max(0, Math.min(byWorker, byOffer));
  }

  void closeSlots() {
    freeSlots = 0;
  }

  void took(Attempt attempt) {
    running.add(attempt);
    freeSlots = Math.max(0, freeSlots - 1);
  }

  void holds(Attempt attempt) {
    running.add(attempt);
  }

  void freed(Attempt attempt) {
    if (running.remove(attempt)) {
      waiting.add(attempt);
    }
  }

  void waits(Attempt attempt) {
    waiting.add(attempt);
  }

  void forget(Attempt attempt) {
    running.remove(attempt);
    waiting.remove(attempt);
  }

  void reserve(TokenAmount stake) {
    freeStake = freeStake.subtract(stake.nano());
  }

  void release(TokenAmount stake) {
    freeStake = freeStake.add(stake.nano());
  }

  /**
   * What the hub holds now.
   *
   * @param reserved stake of attempts that have not contributed yet
   */
  void fundsAre(long newScore, TokenAmount free, BigInteger reserved) {
    score = newScore;
    freeStake = free.nano().subtract(reserved);
  }

  void judged(boolean isAccurate) {
    score = isAccurate ? score + 1 : score * 2 / 3;
  }

  boolean mayAskFunds(Instant now, SchedulerPolicy policy) {
    boolean isDue =
        fundsAskedAt.equals(Instant.MIN) || !now.isBefore(fundsAskedAt.plus(policy.resendAfter()));
    if (isDue) {
      fundsAskedAt = now;
    }
    return isDue;
  }
}
