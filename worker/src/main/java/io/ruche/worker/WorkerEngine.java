package io.ruche.worker;

import io.ruche.core.Power;
import io.ruche.core.Salt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides what a worker does. The shell gives it events in batches, appends the facts of each
 * decision to the journal, syncs, and only then carries out the commands. After a restart
 * {@link #restore} comes first. Called from one thread.
 *
 * <p>Held always: at most one attempt per task; no contribution, reveal, commit or upload before
 * its fact; one digest per task; no reveal before the chain shows consensus on our digest; no
 * contribution at or after the deadline.
 */
public final class WorkerEngine {
  private final Outbox out = new Outbox();
  private final Roster roster;
  private final DeliveryRules delivery;
  private final VoteRules votes;
  private final CancelRules cancels;
  private final WorkRules work;
  private Power power = Power.UNKNOWN;

  /**
   * A worker that holds nothing yet.
   *
   * @param salts unpredictable, each used once
   */
  public WorkerEngine(WorkerPolicy policy, Supplier<Salt> salts) {
    roster = new Roster(policy, out);
    delivery = new DeliveryRules(policy, out);
    votes = new VoteRules(policy, roster, out, delivery);
    cancels = new CancelRules(roster, out);
    work = new WorkRules(policy, roster, out, salts, votes, cancels);
  }

  /** Takes up what an earlier process left; the chain is asked about every contribution. */
  public Decision restore(List<Fact> facts, Instant now) {
    var restored = new Restore(roster);
    facts.forEach(restored::apply);
    roster.pledges().forgetBefore(now);
    for (var attempt : roster.copy()) {
      attempt.turn().askFirst();
      work.expire(attempt, now);
      votes.advance(attempt, now);
    }
    return out.drain();
  }

  /** What follows from these events. */
  public Decision on(List<Event> events, Instant now) {
    for (var event : events) {
      on(event, now);
    }
    work.startQueued(now);
    if (roster.wasSlotFreed()) {
      tellSlots(now);
    }
    return out.drain();
  }

  /** The attempts whose files must be kept. */
  public Set<AttemptId> held() {
    var ids = new LinkedHashSet<AttemptId>();
    roster.all().forEach(attempt -> ids.add(attempt.id()));
    return ids;
  }

  /** Whether the attempt is held, and its files must be kept. */
  public boolean holds(AttemptId id) {
    return roster.find(id) != null;
  }

  /** How many attempts are held. */
  public int heldCount() {
    return roster.all().size();
  }

  /** What is held, as the pool asked for it. */
  public List<Assignment> assignments() {
    return roster.all().stream().map(Attempt::assignment).toList();
  }

  /** Whether a transaction is on its way, so that stopping now would leave it in doubt. */
  public boolean isSending() {
    for (var attempt : roster.all()) {
      if (attempt.turn().isUnderWay()) {
        return true;
      }
    }
    return false;
  }

  /** Facts from which {@link #restore} rebuilds this engine. */
  public List<Fact> snapshot() {
    var facts = new ArrayList<Fact>(roster.pledges().all());
    roster.all().forEach(attempt -> facts.addAll(Restore.factsOf(attempt)));
    return facts;
  }

  private void on(Event event, Instant now) {
    switch (event) {
      case Event.Connected e -> connected(now);
      case Event.Disconnected e -> out.connected(false);
      case Event.HeartbeatDue e -> heartbeat(now);
      case Event.Tick e -> tick(now);
      case Event.Leaving e -> leave(now);
      case Event.StanceTaken e -> stand(e, now);
      case Event.PowerSeen e -> power = e.power();
      case Event.Assigned e -> work.assigned(e, now);
      case Event.OfAttempt e -> onAttempt(e, now);
    }
  }

  private void onAttempt(Event.OfAttempt event, Instant now) {
    var attempt = roster.find(event.id());
    if (attempt != null) {
      on(attempt, event, now);
    } else if (event instanceof Event.CancelAsked) {
      cancels.unknown(event.id());
    } else if (event instanceof Event.Authorized
        || event instanceof Event.RevealAsked
        || event instanceof Event.UploadAsked
        || event instanceof Event.FailureCertified) {
      out.tell(new Command.Refused(
          event.id(), Refusal.UNKNOWN_ATTEMPT, "this worker does not hold the attempt"));
    }
  }

  private void on(Attempt attempt, Event.OfAttempt event, Instant now) {
    switch (event) {
      case Event.Assigned e -> throw new IllegalStateException("assignments come earlier");
      case Event.Authorized e -> votes.authorized(attempt, e.authorization(), e.settlement(), now);
      case Event.RevealAsked e -> votes.revealAsked(attempt, now);
      case Event.UploadAsked e -> votes.uploadAsked(attempt, e.target(), now);
      case Event.Done e -> done(attempt, now);
      case Event.Aborted e -> aborted(attempt, now);
      case Event.FailureCertified e ->
        work.failureCertified(attempt, e.failure(), e.authorization());
      case Event.CancelAsked e -> cancels.asked(attempt, e.cancellation());
      case Event.CancelChecked e -> cancels.checked(attempt, e.terms());
      case Event.CancelRefused e -> cancels.refused(attempt, e);
      case Event.Verified e -> work.verified(attempt, e.terms(), now);
      case Event.Mismatched e -> work.mismatched(attempt, e);
      case Event.Fetched e -> work.fetched(attempt, now);
      case Event.RunFinished e -> work.finished(attempt, e, now);
      case Event.WorkFailed e -> work.failed(attempt, e, now);
      case Event.FailureWritten e -> work.failureWritten(attempt, e.digest(), now);
      case Event.ContributionMined e -> votes.contributionMined(attempt, e.tx(), now);
      case Event.RevealMined e -> votes.revealMined(attempt, e.tx(), now);
      case Event.ChainFailed e -> votes.chainFailed(attempt, e, now);
      case Event.ChainSeen e -> votes.chainSeen(attempt, e.view(), now);
      case Event.Uploaded e -> delivery.uploaded(attempt);
      case Event.UploadFailed e -> delivery.uploadFailed(attempt, e, now);
    }
  }

  private void connected(Instant now) {
    out.connected(true);
    heartbeat(now);
    for (var attempt : roster.all()) {
      if (!attempt.isAbandoned()) {
        attempt.report(out);
      }
    }
  }

  private void heartbeat(Instant now) {
    var running = new ArrayList<Command.Running>();
    list(false, running);
    list(true, running);
    out.tell(new Command.Heartbeat(freeSlots(now), running, power));
  }

  /** Settled ones as far as there is room: the chain tells the pool of them too. */
  private void list(boolean isSettled, List<Command.Running> running) {
    for (var attempt : roster.all()) {
      if (running.size() < WorkerPolicy.MAX_HELD
          && attempt.isSettled() == isSettled
          && !attempt.isAbandoned()) {
        running.add(new Command.Running(attempt.id(), attempt.phase()));
      }
    }
  }

  private void tellSlots(Instant now) {
    int free = roster.freeSlots();
    int ahead = roster.slotsAhead();
    if (free + ahead > 0) {
      boolean takesWork = work.takesWork(now);
      out.tell(new Command.Slots(takesWork ? free : 0, takesWork ? ahead : 0));
    }
  }

  private int freeSlots(Instant now) {
    return work.takesWork(now) ? roster.freeSlots() : 0;
  }

  private void tick(Instant now) {
    roster.pledges().forgetBefore(now);
    for (var attempt : roster.copy()) {
      work.tellFetching(attempt);
      work.tireOfWaiting(attempt, now);
      work.expire(attempt, now);
      votes.advance(attempt, now);
      if (roster.find(attempt.id()) != null) {
        delivery.start(attempt, now);
      }
    }
    work.keepStill();
  }

  private void stand(Event.StanceTaken event, Instant now) {
    work.stand(event.stance(), event.why(), now);
    heartbeat(now);
  }

  private void leave(Instant now) {
    work.leave();
    heartbeat(now);
  }

  private void done(Attempt attempt, Instant now) {
    switch (attempt.state()) {
      case AttemptState.Revealed s -> roster.drop(attempt);
      case AttemptState.Outvoted s -> roster.drop(attempt);
      case AttemptState.Sent s -> votes.abandon(attempt, now);
      case AttemptState.Committed s -> work.cancel(attempt);
      case AttemptState.Reported s -> work.cancel(attempt);
      case AttemptState.Working s -> work.cancel(attempt);
    }
  }

  private void aborted(Attempt attempt, Instant now) {
    if (attempt.state() instanceof AttemptState.Sent) {
      votes.abandon(attempt, now);
    } else {
      work.cancel(attempt);
    }
  }
}
