package io.ruche.worker;

import io.ruche.core.TxHash;
import java.util.ArrayList;
import java.util.List;

/** Facts back into attempts, and attempts into facts. */
final class Restore {
  private final Roster roster;

  Restore(Roster roster) {
    this.roster = roster;
  }

  void apply(Fact fact) {
    switch (fact) {
      case Fact.Pledged f -> roster.pledges().add(f);
      case Fact.Computed f -> computed(f);
      case Fact.OfAttempt f -> {
        var attempt = roster.find(f.id());
        if (attempt == null) {
          throw new IllegalStateException(
              "expected a fact of an attempt that computed a digest, found " + f);
        }
        apply(attempt, f);
      }
    }
  }

  private void computed(Fact.Computed fact) {
    var attempt = new Attempt(fact.assignment());
    attempt.become(new AttemptState.Committed(new Vote(
        fact.digest(),
        fact.salt(),
        fact.contributionDeadline(),
        fact.finalDeadline(),
        fact.usage())));
    roster.add(attempt);
  }

  private void apply(Attempt attempt, Fact.OfAttempt fact) {
    if (!(attempt.state() instanceof AttemptState.Voted state)) {
      throw new IllegalStateException("expected a digest before " + fact);
    }
    var vote = state.vote();
    switch (fact) {
      case Fact.Computed f -> throw new IllegalStateException("two digests of " + f.id());
      case Fact.Contributing f -> {
        attempt.settleWith(f.settlement());
        attempt.become(new AttemptState.Contributing(vote, f.authorization()));
      }
      case Fact.Contributed f ->
        attempt.become(new AttemptState.Contributed(vote, sent(state).authorization(), f.tx()));
      case Fact.Revealing f ->
        attempt.become(new AttemptState.Revealing(vote, sent(state).authorization(), txOf(state)));
      case Fact.Revealed f ->
        attempt.become(
            new AttemptState.Revealed(vote, sent(state).authorization(), txOf(state), f.tx()));
      case Fact.Abandoned f -> attempt.abandon();
      case Fact.Dropped f -> roster.forget(attempt);
    }
  }

  private static AttemptState.Sent sent(AttemptState.Voted state) {
    if (state instanceof AttemptState.Sent sent) {
      return sent;
    }
    throw new IllegalStateException("expected a contribution first, found " + state);
  }

  private static TxHash txOf(AttemptState.Voted state) {
    return VoteRules.txOf(sent(state));
  }

  /** The facts that lead to where the attempt is; none while it has no digest. */
  static List<Fact> factsOf(Attempt attempt) {
    var facts = new ArrayList<Fact>();
    if (attempt.state() instanceof AttemptState.Voted state) {
      var vote = state.vote();
      facts.add(new Fact.Computed(
          attempt.assignment(),
          vote.contributionDeadline(),
          vote.finalDeadline(),
          vote.digest(),
          vote.salt(),
          vote.usage()));
    }
    if (attempt.state() instanceof AttemptState.Sent sent) {
      facts.add(new Fact.Contributing(attempt.id(), sent.authorization(), attempt.settlement()));
      addLater(facts, attempt.id(), sent);
    }
    if (attempt.isAbandoned()) {
      facts.add(new Fact.Abandoned(attempt.id()));
    }
    return facts;
  }

  private static void addLater(List<Fact> facts, AttemptId id, AttemptState.Sent sent) {
    switch (sent) {
      case AttemptState.Contributing s -> {}
      case AttemptState.Outvoted s -> facts.add(new Fact.Contributed(id, VoteRules.FOUND_ON_CHAIN));
      case AttemptState.Contributed s -> facts.add(new Fact.Contributed(id, s.tx()));
      case AttemptState.Revealing s -> {
        facts.add(new Fact.Contributed(id, s.tx()));
        facts.add(new Fact.Revealing(id));
      }
      case AttemptState.Revealed s -> {
        facts.add(new Fact.Contributed(id, s.tx()));
        facts.add(new Fact.Revealing(id));
        facts.add(new Fact.Revealed(id, s.revealTx()));
      }
    }
  }
}
