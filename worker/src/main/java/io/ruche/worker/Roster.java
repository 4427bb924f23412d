package io.ruche.worker;

import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attempts that are held, one per task, with the slots and the stake they take. */
final class Roster {
  private final WorkerPolicy policy;
  private final Outbox out;
  private final Map<TaskId, Attempt> byTask = new LinkedHashMap<>();
  private final ArrayDeque<Attempt> queue = new ArrayDeque<>();
  private final Pledges pledges = new Pledges();
  private final Pace pace = new Pace();
  private final SettledCount settled = new SettledCount();
  private TokenAmount reserved = TokenAmount.ZERO;
  private int busySlots;
  private boolean isSlotFreed;

  Roster(WorkerPolicy policy, Outbox out) {
    this.policy = policy;
    this.out = out;
  }

  @Nullable
  Attempt find(AttemptId id) {
    var attempt = byTask.get(id.task());
    return attempt != null && attempt.id().equals(id) ? attempt : null;
  }

  @Nullable
  Attempt ofTask(TaskId task) {
    return byTask.get(task);
  }

  Collection<Attempt> all() {
    return byTask.values();
  }

  /** A copy, for loops that may drop attempts. */
  List<Attempt> copy() {
    return new ArrayList<>(byTask.values());
  }

  Pledges pledges() {
    return pledges;
  }

  boolean isFull() {
    return room() == 0 || queue.size() >= policy.queue() + policy.slots() - busySlots;
  }

  int freeSlots() {
    return upTo(policy.slots() - busySlots - queue.size());
  }

  /** Attempts that it wants beyond those for which it has a slot. */
  int slotsAhead() {
    return pace.isFast()
        ? upTo(policy.slots() + policy.queue() - busySlots - queue.size()) - freeSlots()
        : 0;
  }

  private int upTo(int slots) {
    return Math.max(0, Math.min(slots, room()));
  }

  /** Attempts that may still be taken. */
  private int room() {
    if (byTask.size() < policy.held()) {
      return policy.held() - byTask.size();
    }
    int open = byTask.size() - settled.value();
    return settled.value() >= WorkerPolicy.MAX_SETTLED ? 0 : Math.max(0, policy.held() - open);
  }

  void add(Attempt attempt) {
    remove(attempt);
    byTask.put(attempt.id().task(), attempt);
    attempt.countedBy(settled);
  }

  private void remove(Attempt attempt) {
    var removed = byTask.remove(attempt.id().task());
    if (removed != null) {
      removed.countedBy(null);
    }
  }

  void enqueue(Attempt attempt, Instant now) {
    add(attempt);
    attempt.waitForSlot(now);
    queue.addLast(attempt);
  }

  /** The next attempt that gets a slot, which it holds from now on; null when there is none. */
  @Nullable
  Attempt takeSlot(Instant now) {
    if (busySlots >= policy.slots()) {
      return null;
    }
    var attempt = queue.pollFirst();
    if (attempt != null) {
      attempt.takeSlot(now);
      busySlots++;
    }
    return attempt;
  }

  /** Its run has ended, well or not. */
  void ran(Attempt attempt, Instant now) {
    if (attempt.holdsSlot()) {
      pace.ran(Duration.between(attempt.slotSince(), now));
    }
    freeSlot(attempt);
  }

  /** Whether it waits for a slot for so long that another machine should have it. */
  boolean waitsTooLong(Attempt attempt, Instant now) {
    return attempt.state() instanceof AttemptState.Queued
        && !now.isBefore(attempt.slotSince().plus(Pace.LONGEST_WAIT));
  }

  /** Runs take longer than it seemed. */
  void slowDown() {
    pace.misjudged();
  }

  /** It will not need the slot that it waits for, or has. */
  void freeSlot(Attempt attempt) {
    queue.remove(attempt);
    if (attempt.holdsSlot()) {
      attempt.freeSlot();
      busySlots--;
      isSlotFreed = true;
    }
  }

  /** The pool counts a slot for an attempt that took none here. */
  void freeUntakenSlot() {
    isSlotFreed = true;
  }

  /** Whether a slot became free since the last call. */
  boolean wasSlotFreed() {
    boolean was = isSlotFreed;
    isSlotFreed = false;
    return was;
  }

  /** Stake of attempts that will contribute and have not yet. */
  TokenAmount reserved() {
    return reserved;
  }

  void reserve(Attempt attempt, TokenAmount amount) {
    reserved = reserved.minus(attempt.reserved()).plus(amount);
    attempt.reserve(amount);
  }

  /** Ends an attempt; a digest that may have left and is not settled on chain stays pledged. */
  void drop(Attempt attempt) {
    freeSlot(attempt);
    reserve(attempt, TokenAmount.ZERO);
    remove(attempt);
    if (attempt.state() instanceof AttemptState.Voted voted) {
      pledge(attempt, voted);
      out.keep(new Fact.Dropped(attempt.id()));
    }
    out.order(new Command.Discard(attempt.id()));
  }

  /** Takes an attempt away that was dropped in an earlier life. */
  void forget(Attempt attempt) {
    remove(attempt);
  }

  private void pledge(Attempt attempt, AttemptState.Voted voted) {
    if (voted instanceof AttemptState.Revealed || voted instanceof AttemptState.Outvoted) {
      pledges.settle(attempt.id().task());
      return;
    }
    var pledge = new Fact.Pledged(
        attempt.id().task(),
        voted.vote().digest(),
        voted instanceof AttemptState.Sent,
        voted.vote().contributionDeadline());
    pledges.add(pledge);
    out.keep(pledge);
  }
}
