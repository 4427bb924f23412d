package io.ruche.worker;

import io.ruche.core.Cancellation;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.TokenAmount;

/**
 * A task that its requester stops. The pool's word is not enough: the chain says who the requester
 * is. Only what has no digest yet is stopped; a digest on disk may be a contribution on chain, and
 * is told to the pool instead.
 */
final class CancelRules {
  private static final Failure CANCELLED = new Failure(FailureCode.CANCELLED, 0);

  private final Roster roster;
  private final Outbox out;

  CancelRules(Roster roster, Outbox out) {
    this.roster = roster;
    this.out = out;
  }

  /** Given to this worker only to end: it waits for no slot. */
  void assigned(Attempt attempt, Cancellation cancellation) {
    attempt.onlyCancel();
    roster.add(attempt);
    check(attempt, cancellation);
  }

  void asked(Attempt attempt, Cancellation cancellation) {
    switch (attempt.state()) {
      case AttemptState.WritingFailure _ -> {}
      case AttemptState.Working _ -> check(attempt, cancellation);
      case AttemptState.Reported _, AttemptState.Voted _ -> attempt.report(out);
    }
  }

  /** The attempt is not here: whether a contribution of its task may be is what matters. */
  void unknown(AttemptId id) {
    out.tell(
        roster.pledges().isSent(id.task())
            ? new Command.Refused(
                id, Refusal.ALREADY_CONTRIBUTED, "a contribution may be on chain already")
            : new Command.Refused(
                id, Refusal.UNKNOWN_ATTEMPT, "this worker does not hold the attempt"));
  }

  private void check(Attempt attempt, Cancellation cancellation) {
    var assignment = attempt.assignment();
    out.order(
        new Command.CheckCancel(attempt.id(), assignment.deal(), assignment.index(), cancellation));
  }

  void checked(Attempt attempt, Terms terms) {
    switch (attempt.state()) {
      case AttemptState.WritingFailure _ -> {}
      case AttemptState.Working _ -> stop(attempt, terms);
      case AttemptState.Reported _, AttemptState.Voted _ -> attempt.report(out);
    }
  }

  private void stop(Attempt attempt, Terms terms) {
    var bound = roster.pledges().digestOf(attempt.id().task());
    if (bound != null) {
      end(attempt, Refusal.DIGEST_DIFFERS, "an earlier run here gave the digest " + bound);
      return;
    }
    out.order(new Command.Cancel(attempt.id()));
    roster.freeSlot(attempt);
    if (attempt.isOnlyCancelled()) {
      roster.freeUntakenSlot();
    }
    roster.reserve(attempt, TokenAmount.ZERO);
    attempt.become(new AttemptState.Reported(terms, CANCELLED, "cancelled by its requester"));
    attempt.report(out);
  }

  /** A run goes on; what came here only to end goes back. */
  void refused(Attempt attempt, Event.CancelRefused event) {
    if (attempt.isOnlyCancelled() && attempt.state() instanceof AttemptState.Working) {
      end(attempt, event.code(), event.detail());
    }
  }

  private void end(Attempt attempt, String code, String detail) {
    out.tell(new Command.Refused(attempt.id(), code, detail));
    out.order(new Command.Cancel(attempt.id()));
    roster.drop(attempt);
  }
}
