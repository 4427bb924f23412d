package io.ruche.worker;

import io.ruche.core.Settlement;
import io.ruche.core.Signature;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.core.TxHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a digest on disk to a settled task; the transitions are those of {@link AttemptState}. */
final class VoteRules {
  /** Stands for the transaction of what was found on chain. */
  static final TxHash FOUND_ON_CHAIN = new TxHash("0x" + "0".repeat(64));

  private final WorkerPolicy policy;
  private final Roster roster;
  private final Outbox out;
  private final DeliveryRules delivery;

  VoteRules(WorkerPolicy policy, Roster roster, Outbox out, DeliveryRules delivery) {
    this.policy = policy;
    this.roster = roster;
    this.out = out;
    this.delivery = delivery;
  }

  void authorized(
      Attempt attempt, Signature authorization, @Nullable Settlement settlement, Instant now) {
    if (attempt.state() instanceof AttemptState.Committed(var vote)) {
      attempt.settleWith(settlement);
      toContributing(attempt, vote, authorization);
      advance(attempt, now);
    }
  }

  private void toContributing(Attempt attempt, Vote vote, Signature authorization) {
    out.keep(new Fact.Contributing(attempt.id(), authorization, attempt.settlement()));
    attempt.turn().succeeded();
    attempt.become(new AttemptState.Contributing(vote, authorization));
    attempt.report(out);
  }

  /** Gives the next command to the chain when it is this attempt's turn. */
  void advance(Attempt attempt, Instant now) {
    if (!(attempt.state() instanceof AttemptState.Sent sent)) {
      return;
    }
    if (!now.isBefore(sent.vote().finalDeadline().plus(policy.chainCheck()))) {
      roster.drop(attempt);
      return;
    }
    if (attempt.turn().isFree(now)) {
      order(attempt, sent, now);
    }
  }

  private void order(Attempt attempt, AttemptState.Sent sent, Instant now) {
    var digest = sent.vote().digest();
    boolean isDoubtful = attempt.turn().isInDoubt();
    switch (sent) {
      case AttemptState.Contributing s
      when !isDoubtful && !attempt.isAbandoned() -> contribute(attempt, s, now);
      case AttemptState.Revealing s
      when !isDoubtful -> {
        attempt.turn().begin();
        out.order(new Command.Reveal(attempt.id(), digest));
      }
      case AttemptState.Sent s -> {
        attempt.turn().begin();
        out.order(new Command.LookAtChain(attempt.id(), digest));
      }
    }
  }

  private void contribute(Attempt attempt, AttemptState.Contributing state, Instant now) {
    var deadline = state.vote().contributionDeadline();
    if (!now.plus(policy.deadlineMargin()).isBefore(deadline)) {
      giveUp(attempt, Refusal.DEADLINE_PASSED, "contributions were due by " + deadline);
      return;
    }
    attempt.turn().begin();
    var deal = attempt.assignment().deal();
    var digest = state.vote().digest();
    var settlement = attempt.settlement();
    out.order(
        settlement == null
            ? new Command.Contribute(attempt.id(), deal, digest, state.authorization())
            : new Command.ContributeAndFinalize(
                attempt.id(), deal, digest, state.authorization(), settlement));
  }

  private void giveUp(Attempt attempt, String code, String detail) {
    out.tell(new Command.Refused(attempt.id(), code, detail));
    roster.drop(attempt);
  }

  void contributionMined(Attempt attempt, TxHash tx, Instant now) {
    if (attempt.state() instanceof AttemptState.Contributing(var vote, var authorization)) {
      toContributed(attempt, vote, authorization, tx, now);
      if (attempt.settlement() != null && attempt.state() instanceof AttemptState.Sent sent) {
        toRevealed(attempt, sent, tx, tx, now);
      }
      advance(attempt, now);
    }
  }

  private void toContributed(
      Attempt attempt, Vote vote, Signature authorization, TxHash tx, Instant now) {
    out.keep(new Fact.Contributed(attempt.id(), tx));
    roster.reserve(attempt, TokenAmount.ZERO);
    attempt.turn().succeeded();
    attempt.become(new AttemptState.Contributed(vote, authorization, tx));
    attempt.report(out);
    if (!attempt.isRevealAsked()) {
      attempt.turn().restUntil(now.plus(policy.chainCheck()));
    }
  }

  void revealMined(Attempt attempt, TxHash tx, Instant now) {
    if (attempt.state() instanceof AttemptState.Revealing state) {
      toRevealed(attempt, state, state.tx(), tx, now);
    }
  }

  private void toRevealed(
      Attempt attempt, AttemptState.Sent from, TxHash tx, TxHash revealTx, Instant now) {
    out.keep(new Fact.Revealed(attempt.id(), revealTx));
    attempt.turn().succeeded();
    attempt.turn().restUntil(now.plus(policy.chainCheck()));
    attempt.become(new AttemptState.Revealed(from.vote(), from.authorization(), tx, revealTx));
    if (attempt.settlement() == null) {
      out.tell(new Command.Revealed(attempt.id(), revealTx));
    }
    delivery.start(attempt, now);
  }

  void chainFailed(Attempt attempt, Event.ChainFailed failure, Instant now) {
    if (attempt.state() instanceof AttemptState.Sent) {
      attempt.turn().failed(failure, now, policy);
      out.tell(new Command.Progress(
          attempt.id(), attempt.phase(), failure.code() + ": " + failure.detail()));
      advance(attempt, now);
    }
  }

  /** A pool that asks for what was revealed already may have seen the chain forget it. */
  void revealAsked(Attempt attempt, Instant now) {
    askReveal(attempt, now);
    if (attempt.state() instanceof AttemptState.Revealed) {
      attempt.turn().restUntil(now);
      advance(attempt, now);
    }
  }

  private void askReveal(Attempt attempt, Instant now) {
    attempt.askReveal();
    switch (attempt.state()) {
      case AttemptState.Contributed s -> {
        attempt.turn().restUntil(now);
        advance(attempt, now);
      }
      case AttemptState.Revealed s -> out.tell(new Command.Revealed(attempt.id(), s.revealTx()));
      case AttemptState.Contributing s
      when attempt.isAbandoned() -> {
        attempt.turn().restUntil(now);
        advance(attempt, now);
      }
      case AttemptState.Working s -> {}
      case AttemptState.Reported s -> {}
      case AttemptState.Voted s -> {}
    }
  }

  /** The pool lets go, and the contribution may be on chain: watch it alone, beginning now. */
  void abandon(Attempt attempt, Instant now) {
    if (!attempt.isAbandoned()) {
      attempt.abandon();
      out.keep(new Fact.Abandoned(attempt.id()));
    }
    attempt.turn().restUntil(now);
    advance(attempt, now);
  }

  void chainSeen(Attempt attempt, ChainView view, Instant now) {
    if (!(attempt.state() instanceof AttemptState.Sent sent)) {
      return;
    }
    attempt.turn().seen();
    attempt.seen(view.standing() == ChainView.Standing.NONE);
    attempt.turn().restUntil(now.plus(policy.chainCheck()));
    switch (view.standing()) {
      case NONE -> missing(attempt, sent, view, now);
      case CONTRIBUTED -> standing(attempt, sent, view, now);
      case PROVED -> proved(attempt, sent, view, now);
      case REJECTED -> outvoted(attempt, sent, view);
    }
  }

  /** The chain knows no contribution of ours: it never came, or was forgotten. */
  private void missing(Attempt attempt, AttemptState.Sent sent, ChainView view, Instant now) {
    var hopeless = attempt.turn().hopeless();
    if (view.task() == TaskStatus.UNSET && !attempt.isAbandoned()) {
      waitForStart(attempt, sent, now);
    } else if (hopeless != null && sent instanceof AttemptState.Contributing) {
      linger(attempt, hopeless.code() + ": " + hopeless.detail(), now);
    } else if (!view.isOpenForContribution()) {
      linger(attempt, "the task takes no more contributions", now);
    } else if (attempt.isAbandoned()) {
      dropAfterDeadline(attempt, sent, now);
    } else {
      if (!(sent instanceof AttemptState.Contributing)) {
        toContributing(attempt, sent.vote(), sent.authorization());
      }
      attempt.turn().restUntil(now);
      advance(attempt, now);
    }
  }

  /** The chain forgot even that the task was started; whoever did that does it again. */
  private void waitForStart(Attempt attempt, AttemptState.Sent sent, Instant now) {
    if (!(sent instanceof AttemptState.Contributing)) {
      toContributing(attempt, sent.vote(), sent.authorization());
    }
    attempt.turn().askFirst();
    attempt.turn().waitLonger(now, policy);
  }

  /**
   * The chain refused the contribution. A reorg that puts transactions into another order may still
   * let it in, and it would have to be revealed: so it is watched for a while.
   */
  private void linger(Attempt attempt, String detail, Instant now) {
    var since = attempt.refusedAt();
    if (since == null) {
      since = now;
      attempt.refused(now);
      roster.reserve(attempt, TokenAmount.ZERO);
      out.tell(new Command.Refused(attempt.id(), Refusal.CONTRIBUTION_REFUSED, detail));
    }
    if (!now.isBefore(since.plus(policy.watchRefused()))) {
      roster.drop(attempt);
    } else if (!attempt.isAbandoned()) {
      attempt.abandon();
      out.keep(new Fact.Abandoned(attempt.id()));
    }
  }

  /** Until then a transaction that is still on its way could be mined. */
  private void dropAfterDeadline(Attempt attempt, AttemptState.Sent sent, Instant now) {
    if (!now.isBefore(sent.vote().contributionDeadline())) {
      roster.drop(attempt);
    }
  }

  private void standing(Attempt attempt, AttemptState.Sent sent, ChainView view, Instant now) {
    if (sent instanceof AttemptState.Contributing) {
      toContributed(attempt, sent.vote(), sent.authorization(), FOUND_ON_CHAIN, now);
    }
    if (view.isOpenForContribution()) {
      backToContributed(attempt, now);
      if (attempt.isRevealAsked()) {
        attempt.turn().waitLonger(now, policy);
      }
    } else if (view.isOurReveal()) {
      toRevealing(attempt, now);
    } else {
      outvoted(attempt, sent, view);
    }
  }

  private void backToContributed(Attempt attempt, Instant now) {
    if (attempt.state() instanceof AttemptState.Revealing
        || attempt.state() instanceof AttemptState.Revealed) {
      var sent = (AttemptState.Sent) attempt.state();
      toContributed(attempt, sent.vote(), sent.authorization(), txOf(sent), now);
    }
  }

  private void toRevealing(Attempt attempt, Instant now) {
    if (!(attempt.state() instanceof AttemptState.Revealing)) {
      var sent = (AttemptState.Sent) attempt.state();
      out.keep(new Fact.Revealing(attempt.id()));
      attempt.become(new AttemptState.Revealing(sent.vote(), sent.authorization(), txOf(sent)));
      out.tell(new Command.Progress(attempt.id(), Phase.REVEALING, ""));
    }
    attempt.turn().restUntil(now);
    advance(attempt, now);
    delivery.start(attempt, now);
  }

  static TxHash txOf(AttemptState.Sent sent) {
    return switch (sent) {
      case AttemptState.Contributed s -> s.tx();
      case AttemptState.Revealing s -> s.tx();
      case AttemptState.Revealed s -> s.tx();
      case AttemptState.Contributing s -> FOUND_ON_CHAIN;
      case AttemptState.Outvoted s -> FOUND_ON_CHAIN;
    };
  }

  private void proved(Attempt attempt, AttemptState.Sent sent, ChainView view, Instant now) {
    if (!(sent instanceof AttemptState.Revealed)) {
      toRevealed(attempt, sent, txOf(sent), FOUND_ON_CHAIN, now);
    }
    if (view.task().isFinal()) {
      roster.drop(attempt);
    }
  }

  private void outvoted(Attempt attempt, AttemptState.Sent sent, ChainView view) {
    attempt.become(new AttemptState.Outvoted(sent.vote(), sent.authorization()));
    if (attempt.isAbandoned() || view.task().isFinal()) {
      roster.drop(attempt);
    }
  }

  void uploadAsked(Attempt attempt, UploadTarget target, Instant now) {
    var isKnown = switch (attempt.delivery()) {
      case Delivery.None d -> false;
      case Delivery.Asked d -> d.target().equals(target);
      case Delivery.UnderWay d -> d.target().equals(target);
      case Delivery.Delivered d -> d.target().equals(target);
    };
    if (isKnown) {
      attempt.report(out);
      return;
    }
    attempt.deliver(new Delivery.Asked(target, 0, now));
    if (!attempt.isResultFirst()) {
      askReveal(attempt, now);
    }
    delivery.start(attempt, now);
  }
}
