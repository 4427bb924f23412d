package io.ruche.worker;

import io.ruche.core.Settlement;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt that is held; changed by {@link WorkRules} and {@link VoteRules} only. */
final class Attempt {
  private final Assignment assignment;
  private final ChainTurn turn = new ChainTurn();
  private AttemptState state = new AttemptState.Queued();
  private Delivery delivery = new Delivery.None();
  private TokenAmount reserved = TokenAmount.ZERO;
  private boolean holdsSlot;
  private boolean isAbandoned;
  private boolean isSeenMissing;
  private boolean isRevealAsked;
  private boolean wasPaused;
  private boolean isOnlyCancelled;
  private boolean isFetchTold;
  private @Nullable Instant refusedAt;
  private Instant slotSince = Instant.EPOCH;
  private @Nullable Settlement settlement;
  private @Nullable SettledCount settledCount;

  Attempt(Assignment assignment) {
    this.assignment = assignment;
  }

  AttemptId id() {
    return assignment.id();
  }

  Assignment assignment() {
    return assignment;
  }

  AttemptState state() {
    return state;
  }

  void become(AttemptState next) {
    boolean wasSettled = isSettled();
    state = next;
    count(wasSettled);
  }

  ChainTurn turn() {
    return turn;
  }

  Delivery delivery() {
    return delivery;
  }

  void deliver(Delivery next) {
    delivery = next;
  }

  /** Stake that this attempt will lock and has not locked yet. */
  TokenAmount reserved() {
    return reserved;
  }

  void reserve(TokenAmount amount) {
    reserved = amount;
  }

  boolean holdsSlot() {
    return holdsSlot;
  }

  void takeSlot(Instant now) {
    holdsSlot = true;
    slotSince = now;
  }

  void freeSlot() {
    holdsSlot = false;
  }

  /** Since when it has a slot or waits for one. */
  Instant slotSince() {
    return slotSince;
  }

  void waitForSlot(Instant now) {
    slotSince = now;
  }

  /** The pool let go of it; only the chain matters now. */
  boolean isAbandoned() {
    return isAbandoned;
  }

  void abandon() {
    isAbandoned = true;
  }

  /** Notes whether the chain shows our contribution. */
  void seen(boolean isMissing) {
    isSeenMissing = isMissing;
  }

  /** Neither the pool nor the chain knows of it any more, as after a reorg. */
  boolean isForgotten() {
    return isAbandoned && isSeenMissing;
  }

  /** When the chain first refused its contribution; null while it did not. */
  @Nullable
  Instant refusedAt() {
    return refusedAt;
  }

  void refused(Instant time) {
    refusedAt = time;
  }

  /** With which the contribution also finalizes; null when it only contributes. */
  @Nullable
  Settlement settlement() {
    return settlement;
  }

  void settleWith(@Nullable Settlement newSettlement) {
    boolean wasSettled = isSettled();
    settlement = newSettlement;
    count(wasSettled);
  }

  /** The result goes to the pool before anything goes to the chain. */
  boolean isResultFirst() {
    return assignment.release() instanceof Release.AfterResult;
  }

  /** Its run stood still for a while, so that its run time may be over for no fault of the app. */
  boolean wasPaused() {
    return wasPaused;
  }

  void pause() {
    wasPaused = true;
  }

  /** It was cancelled before it came here, so it is never run. */
  boolean isOnlyCancelled() {
    return isOnlyCancelled;
  }

  void onlyCancel() {
    isOnlyCancelled = true;
  }

  /** The pool knows that its files are being fetched. */
  boolean isFetchTold() {
    return isFetchTold;
  }

  void tellFetch() {
    isFetchTold = true;
  }

  boolean isRevealAsked() {
    return isRevealAsked;
  }

  void askReveal() {
    isRevealAsked = true;
  }

  /** Who counts the settled attempts, this one among them; null to be counted no longer. */
  void countedBy(@Nullable SettledCount next) {
    if (settledCount != null) {
      settledCount.changed(isSettled(), false);
    }
    settledCount = next;
    count(false);
  }

  private void count(boolean wasSettled) {
    if (settledCount != null) {
      settledCount.changed(wasSettled, isSettled());
    }
  }

  /** Nothing is left to do, unless a reorg takes it back. */
  boolean isSettled() {
    return state instanceof AttemptState.Revealed && settlement != null;
  }

  Phase phase() {
    return switch (state) {
      case AttemptState.Queued s -> Phase.QUEUED;
      case AttemptState.Verifying s -> Phase.FETCHING;
      case AttemptState.Fetching s -> Phase.FETCHING;
      case AttemptState.Running s -> Phase.RUNNING;
      case AttemptState.WritingFailure s -> Phase.RUNNING;
      case AttemptState.Reported s -> Phase.RUNNING;
      case AttemptState.Committed s -> Phase.COMMITTED;
      case AttemptState.Contributing s -> Phase.CONTRIBUTING;
      case AttemptState.Contributed s -> Phase.CONTRIBUTED;
      case AttemptState.Outvoted s -> Phase.CONTRIBUTED;
      case AttemptState.Revealing s -> Phase.REVEALING;
      case AttemptState.Revealed s -> revealedPhase();
    };
  }

  private Phase revealedPhase() {
    return switch (delivery) {
      case Delivery.None d -> Phase.REVEALED;
      case Delivery.Asked d -> Phase.UPLOADING;
      case Delivery.UnderWay d -> Phase.UPLOADING;
      case Delivery.Delivered d -> Phase.UPLOADED;
    };
  }

  /** Says again what the pool may have missed. */
  void report(Outbox out) {
    switch (state) {
      case AttemptState.Working s -> out.tell(new Command.Progress(id(), phase(), ""));
      case AttemptState.Reported s ->
        out.tell(new Command.Failed(id(), s.failure().code(), s.failure().exitCode(), s.detail()));
      case AttemptState.Committed s -> {
        out.tell(new Command.Committed(id(), s.vote().commit(), s.vote().usage()));
        if (isResultFirst()) {
          out.tell(new Command.Opened(id(), s.vote().digest(), s.vote().salt(), true));
        }
      }
      case AttemptState.Contributing s -> out.tell(new Command.Progress(id(), phase(), ""));
      case AttemptState.Contributed s -> reportContributed(s.vote(), s.tx(), out);
      case AttemptState.Revealing s -> reportContributed(s.vote(), s.tx(), out);
      case AttemptState.Revealed s -> {
        reportContributed(s.vote(), s.tx(), out);
        out.tell(new Command.Revealed(id(), s.revealTx()));
        if (delivery instanceof Delivery.Delivered) {
          out.tell(new Command.Progress(id(), phase(), ""));
        }
      }
      case AttemptState.Outvoted s -> {}
    }
  }

  private void reportContributed(Vote vote, TxHash tx, Outbox out) {
    out.tell(new Command.Contributed(id(), tx, vote.usage()));
    if (assignment.release() instanceof Release.AfterCommit) {
      out.tell(new Command.Opened(id(), vote.digest(), vote.salt(), false));
    }
  }
}
