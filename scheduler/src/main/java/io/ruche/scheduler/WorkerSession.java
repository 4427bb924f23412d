package io.ruche.scheduler;

import io.ruche.core.Address;
import io.ruche.core.Power;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine that is connected, or that is gone but still holds attempts. */
final class WorkerSession extends Wakeable {
  /** The most that it has for each of its slots: one that runs, and one that waits for the slot. */
  private static final int RUNS_PER_SLOT = 2;

  private final Address machine;
  private final Contributor contributor;
  private Address owner;
  private WorkerOffer offer = NOTHING_OFFERED;
  private TokenAmount stakeCap = TokenAmount.ZERO;
  private BigInteger pledged = BigInteger.ZERO;
  private boolean isConnected;
  private Instant lastHeardAt;
  private Instant lostAt;
  private Instant fundsAskedAt = Instant.MIN;
  private Power power = Power.UNKNOWN;
  private TrackRecord record = new TrackRecord();
  private @Nullable Rank rank;
  private @Nullable OpenDeal rankedFor;
  private int rankedVersion;
  private int freeSlots;
  private int slotsAhead;
  private final Set<Attempt> running = new LinkedHashSet<>();
  private final Set<Attempt> waiting = new LinkedHashSet<>();
  private final Map<String, PoolTask> bookmarks = new HashMap<>();

  private static final WorkerOffer NOTHING_OFFERED = new WorkerOffer(0, 0, 0, List.of());

  /** A machine that is known from the journal and has until {@code lostAt} to come back. */
  WorkerSession(
      Address machine, Contributor contributor, Address owner, Instant now, Instant lostAt) {
    this.machine = machine;
    this.contributor = contributor;
    this.owner = owner;
    this.lastHeardAt = now;
    this.lostAt = lostAt;
  }

  /** The key that logged in. */
  Address machine() {
    return machine;
  }

  /** Who the hub sees: the key itself, or the account that lists it. */
  Address worker() {
    return contributor.worker();
  }

  Contributor contributor() {
    return contributor;
  }

  Address owner() {
    return owner;
  }

  WorkerOffer offer() {
    return offer;
  }

  /** What the machine runs on, as its last heartbeat said. */
  Power power() {
    return power;
  }

  void runsOn(Power newPower) {
    power = newPower;
    rankedFor = null;
  }

  /** How it compares for tasks of the deal; kept, as mostly many are asked about in a row. */
  Rank rankFor(OpenDeal deal, Instant now) {
    boolean isKept = deal == rankedFor && record.version() == rankedVersion && record.isFaultless();
    if (rank == null || !isKept) {
      rank = Rank.of(
          record.failuresLately(now),
          record.resourcesThere(deal),
          record.speed().believed(offer.claimedFuelPerSecond()),
          power);
      rankedFor = deal;
      rankedVersion = record.version();
    }
    return rank;
  }

  /** How the machine has worked so far, also in former sessions. */
  TrackRecord record() {
    return record;
  }

  /** It was here before. */
  void worked(TrackRecord before) {
    record = before;
    rankedFor = null;
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

  /** Whether it wants one more run: it has a slot for it, or its runs are so short that it asks. */
  boolean wantsMore() {
    return freeSlots + slotsAhead > 0;
  }

  /** What the machine's cap leaves, next to what its attempts have locked or will lock. */
  TokenAmount stakeLeft() {
    return new TokenAmount(stakeCap.nano().subtract(pledged).max(BigInteger.ZERO));
  }

  TokenAmount stakeCap() {
    return stakeCap;
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

  void joined(Address newOwner, WorkerOffer newOffer, Instant now) {
    owner = newOwner;
    offer = newOffer;
    rankedFor = null;
    isConnected = true;
    lastHeardAt = now;
    lostAt = Instant.MAX;
    closeSlots();
  }

  void heard(Instant now) {
    lastHeardAt = now;
  }

  void left(Instant graceEnd) {
    isConnected = false;
    closeSlots();
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
   * @param limit runs that the pool lets it have at once
   */
  void reported(int reportedFreeSlots, long unlisted, int limit) {
    long byWorker = reportedFreeSlots - unlisted;
    int byOffer = Math.min(offer.slots(), limit) - busySlots();
    freeSlots = (int) Math.max(0, Math.min(byWorker, byOffer));
    slotsAhead = 0;
  }

  /**
   * Takes over what the worker wants beyond its free slots.
   *
   * @param limit runs that the pool lets it have at once
   */
  void wants(int ahead, int limit) {
    int byOffer = Math.min(RUNS_PER_SLOT * offer.slots(), limit) - busySlots() - freeSlots;
    slotsAhead = Math.max(0, Math.min(ahead, byOffer));
  }

  private int busySlots() {
    int busy = 0;
    for (var attempt : running) {
      busy += attempt.needsSlot() ? 1 : 0;
    }
    return busy;
  }

  void closeSlots() {
    freeSlots = 0;
    slotsAhead = 0;
  }

  void took(Attempt attempt) {
    holds(attempt);
    if (freeSlots > 0) {
      freeSlots--;
    } else {
      slotsAhead = Math.max(0, slotsAhead - 1);
    }
  }

  void holds(Attempt attempt) {
    running.add(attempt);
    attempt.heldBy(this);
  }

  void freed(Attempt attempt) {
    if (running.remove(attempt)) {
      waiting.add(attempt);
    }
  }

  void waits(Attempt attempt) {
    waiting.add(attempt);
    attempt.heldBy(this);
  }

  void forget(Attempt attempt) {
    running.remove(attempt);
    waiting.remove(attempt);
    attempt.heldBy(null);
  }

  void reserve(TokenAmount stake) {
    contributor.reserve(stake);
    pledged = pledged.add(stake.nano());
  }

  void release(TokenAmount stake) {
    contributor.release(stake);
    released(stake);
  }

  /** The attempt is over and its stake is gone. */
  void released(TokenAmount stake) {
    pledged = pledged.subtract(stake.nano()).max(BigInteger.ZERO);
  }

  /**
   * What its owner lets it lock.
   *
   * @param byAttempts stake of its attempts that are not over
   */
  void capIs(TokenAmount cap, BigInteger byAttempts) {
    stakeCap = cap;
    pledged = byAttempts;
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
