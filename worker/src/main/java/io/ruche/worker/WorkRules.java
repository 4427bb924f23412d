package io.ruche.worker;

import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.worker.availability.Stance;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From an assignment to a digest on disk; the transitions are those of {@link AttemptState}. */
final class WorkRules {
  private final WorkerPolicy policy;
  private final Roster roster;
  private final Outbox out;
  private final Supplier<Salt> salts;
  private final VoteRules votes;
  private final CancelRules cancels;
  private final Set<AttemptId> readyToRun = new LinkedHashSet<>();
  private Instant pausedUntil = Instant.MIN;
  private Stance stance = Stance.WORK;
  private String whyNot = "";
  private boolean isLeaving;

  /** What a run, or the writing of its failure, came to. */
  private record Outcome(
      Terms terms,
      Digest digest,
      @Nullable RunUsage usage,
      @Nullable Signature authorization) {}

  WorkRules(
      WorkerPolicy policy,
      Roster roster,
      Outbox out,
      Supplier<Salt> salts,
      VoteRules votes,
      CancelRules cancels) {
    this.policy = policy;
    this.roster = roster;
    this.out = out;
    this.salts = salts;
    this.votes = votes;
    this.cancels = cancels;
  }

  boolean takesWork(Instant now) {
    return stance == Stance.WORK
        && !isLeaving
        && !now.isBefore(pausedUntil)
        && !roster.pledges().isFull();
  }

  void assigned(Event.Assigned event, Instant now) {
    var id = event.id();
    var cancellation = event.cancellation();
    var held = roster.ofTask(id.task());
    if (held != null && held.id().equals(id) && cancellation != null) {
      cancels.asked(held, cancellation);
      return;
    }
    if (held != null && !makesWay(held, id)) {
      return;
    }
    var refusal = refusalOf(event, now);
    if (refusal != null) {
      out.tell(refusal);
      return;
    }
    var attempt = new Attempt(event.assignment());
    if (cancellation != null) {
      cancels.assigned(attempt, cancellation);
      return;
    }
    roster.enqueue(attempt, now);
    startQueued(now);
  }

  /** Whether what is held of the task gives way to a new attempt; when not, the pool is told. */
  private boolean makesWay(Attempt held, AttemptId id) {
    if (held.id().equals(id)) {
      held.report(out);
      return false;
    }
    if (id.number() < held.id().number()) {
      out.tell(new Command.Refused(
          id,
          Refusal.STALE_ATTEMPT,
          "attempt %d of the task is held".formatted(held.id().number())));
      return false;
    }
    if (held.state() instanceof AttemptState.Sent && !held.isForgotten()) {
      out.tell(new Command.Refused(
          id,
          Refusal.ALREADY_CONTRIBUTED,
          "a contribution of this worker may be on chain already"));
      return false;
    }
    cancel(held);
    return true;
  }

  private Command.@Nullable Refused refusalOf(Event.Assigned event, Instant now) {
    var assignment = event.assignment();
    var id = assignment.id();
    if (isLeaving) {
      return new Command.Refused(id, Refusal.LEAVING, "the worker is stopping");
    }
    if (stance != Stance.WORK) {
      return new Command.Refused(id, Refusal.OWNER_BACK, whyNot);
    }
    if (!takesWork(now)) {
      return new Command.Refused(
          id, Refusal.PAUSED, "the machine had trouble; no new work before " + pausedUntil);
    }
    if (roster.isFull()) {
      return new Command.Refused(
          id, Refusal.NO_FREE_SLOT, "all %d slots are busy".formatted(policy.slots()));
    }
    boolean isRun = event.cancellation() == null;
    if (isRun && assignment.limits().memoryMiB() > policy.memoryMiB()) {
      return new Command.Refused(
          id,
          Refusal.MEMORY_TOO_LOW,
          "expected at most %d MiB, found %d MiB"
              .formatted(policy.memoryMiB(), assignment.limits().memoryMiB()));
    }
    return isTooLate(assignment.contributionDeadline(), now)
        ? pastDeadline(id, assignment.contributionDeadline())
        : null;
  }

  private static Command.Refused pastDeadline(AttemptId id, Instant deadline) {
    return new Command.Refused(
        id, Refusal.DEADLINE_PASSED, "contributions were due by " + deadline);
  }

  private boolean isTooLate(Instant deadline, Instant now) {
    return !now.plus(policy.deadlineMargin()).isBefore(deadline);
  }

  void startQueued(Instant now) {
    if (isStill()) {
      return;
    }
    for (var next = roster.takeSlot(now); next != null; next = roster.takeSlot(now)) {
      next.become(new AttemptState.Verifying());
      var assignment = next.assignment();
      out.order(new Command.Verify(
          next.id(),
          assignment.deal(),
          assignment.index(),
          assignment.release() instanceof Release.WithWork(var authorization)
              ? authorization
              : null,
          roster.pledges().isSent(next.id().task())));
    }
  }

  void verified(Attempt attempt, Terms terms, Instant now) {
    if (!(attempt.state() instanceof AttemptState.Verifying)) {
      return;
    }
    var id = attempt.id();
    if (isTooLate(terms.contributionDeadline(), now)) {
      refuse(attempt, pastDeadline(id, terms.contributionDeadline()));
      return;
    }
    var stake = attempt.isResultFirst() ? TokenAmount.ZERO : terms.workerStake();
    var needed = roster.reserved().plus(stake);
    if (!stake.isZero() && terms.freeStake().compareTo(needed) < 0) {
      refuse(attempt, new Command.Refused(id, Refusal.STAKE_TOO_LOW, stakeSentence(terms)));
      return;
    }
    roster.reserve(attempt, stake);
    attempt.become(new AttemptState.Fetching(terms));
    out.order(new Command.Fetch(id));
  }

  /** Said once it takes a while: most runs find their files on the machine. */
  void tellFetching(Attempt attempt) {
    if (attempt.state() instanceof AttemptState.Fetching && !attempt.isFetchTold()) {
      attempt.tellFetch();
      out.tell(new Command.Progress(attempt.id(), Phase.FETCHING, ""));
    }
  }

  private String stakeSentence(Terms terms) {
    var needed = roster.reserved().plus(terms.workerStake());
    return ("worker %s has %s free stake but needs %s for this contribution%s."
            + " Deposit at least %s with `ruche account deposit %s`.")
        .formatted(
            policy.worker(),
            terms.freeStake(),
            terms.workerStake(),
            roster.reserved().isZero() ? "" : " and %s for others".formatted(roster.reserved()),
            needed.minus(terms.freeStake()),
            needed.minus(terms.freeStake()));
  }

  void mismatched(Attempt attempt, Event.Mismatched event) {
    if (attempt.state() instanceof AttemptState.Verifying) {
      refuse(attempt, new Command.Refused(attempt.id(), event.code(), event.detail()));
    }
  }

  private void refuse(Attempt attempt, Command.Refused refusal) {
    out.tell(refusal);
    roster.drop(attempt);
  }

  void fetched(Attempt attempt, Instant now) {
    if (attempt.state() instanceof AttemptState.Fetching && isStill()) {
      readyToRun.add(attempt.id());
    } else if (attempt.state() instanceof AttemptState.Fetching(var terms)) {
      attempt.become(new AttemptState.Running(terms));
      out.order(
          new Command.Run(attempt.id(), limitsOf(attempt, terms, now), !attempt.isResultFirst()));
      out.tell(new Command.Progress(attempt.id(), Phase.RUNNING, ""));
    }
  }

  /** No run goes on past the deadline of its contribution. */
  private RunLimits limitsOf(Attempt attempt, Terms terms, Instant now) {
    var limits = attempt.assignment().limits();
    var left = Duration.between(now, deadlineOf(attempt, terms));
    var least = Duration.ofMillis(1);
    left = left.compareTo(least) < 0 ? least : left;
    return left.compareTo(limits.runTime()) >= 0
        ? limits
        : new RunLimits(
            left, limits.memoryMiB(), limits.outputBytes(), limits.outputFiles(), limits.fuel());
  }

  private static Instant deadlineOf(Attempt attempt, Terms terms) {
    var said = attempt.assignment().contributionDeadline();
    return said.isBefore(terms.contributionDeadline()) ? said : terms.contributionDeadline();
  }

  void finished(Attempt attempt, Event.RunFinished event, Instant now) {
    if (attempt.state() instanceof AttemptState.Running(var terms)) {
      voted(attempt, new Outcome(terms, event.digest(), event.usage(), null), now);
    }
  }

  void failed(Attempt attempt, Event.WorkFailed event, Instant now) {
    var failure = event.failure();
    var detail = event.detail();
    if (!(attempt.state() instanceof AttemptState.Working)) {
      return;
    }
    if (attempt.wasPaused() && isOfThePause(failure.code())) {
      refuse(
          attempt,
          new Command.Refused(
              attempt.id(), Refusal.OWNER_BACK, "the run was paused for too long: " + detail));
      return;
    }
    if (failure.code() == FailureCode.INFRASTRUCTURE) {
      pausedUntil = now.plus(policy.pauseAfterTrouble());
    }
    if (attempt.state() instanceof AttemptState.Running(var terms)
        && failure.code().isDeterministic()) {
      attempt.become(new AttemptState.WritingFailure(terms, failure, null, event.usage()));
      out.order(new Command.WriteFailure(attempt.id(), failure, !attempt.isResultFirst()));
      out.tell(new Command.Progress(attempt.id(), Phase.RUNNING, detail));
      return;
    }
    roster.ran(attempt, now);
    roster.reserve(attempt, TokenAmount.ZERO);
    attempt.become(new AttemptState.Reported(termsOf(attempt.state()), failure, detail));
    attempt.report(out);
  }

  private static @Nullable Terms termsOf(AttemptState state) {
    return switch (state) {
      case AttemptState.Fetching(var terms) -> terms;
      case AttemptState.Running(var terms) -> terms;
      case AttemptState.WritingFailure(var terms, var _, var _, var _) -> terms;
      case AttemptState.Queued _, AttemptState.Verifying _ -> null;
      case AttemptState.Reported _, AttemptState.Voted _ -> null;
    };
  }

  /** Obeyed only when this worker reported that very failure. */
  void failureCertified(Attempt attempt, Failure failure, @Nullable Signature authorization) {
    if (attempt.state() instanceof AttemptState.Reported(var terms, var reported, var _)
        && terms != null
        && reported.equals(failure)
        && failure.code() != FailureCode.INFRASTRUCTURE) {
      roster.reserve(attempt, attempt.isResultFirst() ? TokenAmount.ZERO : terms.workerStake());
      attempt.become(new AttemptState.WritingFailure(terms, failure, authorization, null));
      out.order(new Command.WriteFailure(attempt.id(), failure, !attempt.isResultFirst()));
    }
  }

  void failureWritten(Attempt attempt, Digest digest, Instant now) {
    if (attempt.state()
        instanceof AttemptState.WritingFailure(var terms, var _, var authorization, var usage)) {
      voted(attempt, new Outcome(terms, digest, usage, authorization), now);
    }
  }

  /** The digest goes to disk; with an authorization at hand the contribution follows at once. */
  private void voted(Attempt attempt, Outcome outcome, Instant now) {
    var id = attempt.id();
    var digest = outcome.digest();
    var bound = roster.pledges().digestOf(id.task());
    if (bound != null && !bound.equals(digest)) {
      refuse(
          attempt,
          new Command.Refused(
              id,
              Refusal.DIGEST_DIFFERS,
              "expected the digest of an earlier run, %s, found %s".formatted(bound, digest)));
      return;
    }
    var deadline = deadlineOf(attempt, outcome.terms());
    if (isTooLate(deadline, now)) {
      refuse(attempt, pastDeadline(id, deadline));
      return;
    }
    roster.ran(attempt, now);
    var finalDeadline = outcome.terms().finalDeadline();
    var vote = new Vote(digest, salts.get(), deadline, finalDeadline, outcome.usage());
    out.keep(new Fact.Computed(
        attempt.assignment(), deadline, finalDeadline, digest, vote.salt(), vote.usage()));
    attempt.become(new AttemptState.Committed(vote));
    if (outcome.authorization() != null) {
      votes.authorized(attempt, outcome.authorization(), null, now);
    } else if (attempt.assignment().release() instanceof Release.WithWork(var withWork)) {
      votes.authorized(attempt, withWork, null, now);
    } else {
      attempt.report(out);
    }
  }

  /** Nothing of it left this machine, or nothing but a commit: it ends here. */
  void cancel(Attempt attempt) {
    if (attempt.state() instanceof AttemptState.Working) {
      out.order(new Command.Cancel(attempt.id()));
    }
    roster.drop(attempt);
  }

  /** Ends what can no longer be contributed. */
  void expire(Attempt attempt, Instant now) {
    var deadline = attempt.assignment().contributionDeadline();
    if (attempt.state() instanceof AttemptState.Sent || now.isBefore(deadline)) {
      return;
    }
    if (attempt.state() instanceof AttemptState.Working) {
      out.tell(pastDeadline(attempt.id(), deadline));
    }
    cancel(attempt);
  }

  /** Gives back what was asked for early and waits all the same. */
  void tireOfWaiting(Attempt attempt, Instant now) {
    if (!isStill() && roster.waitsTooLong(attempt, now)) {
      roster.slowDown();
      refuse(
          attempt,
          new Command.Refused(
              attempt.id(),
              Refusal.NO_FREE_SLOT,
              "all %d slots are busy for longer than expected".formatted(policy.slots())));
    }
  }

  /** Takes nothing new and gives back what has no digest. */
  void leave() {
    isLeaving = true;
    giveBack(Refusal.LEAVING, "the worker is stopping");
  }

  private void giveBack(String code, String why) {
    for (var attempt : roster.copy()) {
      if (attempt.state() instanceof AttemptState.Working) {
        out.tell(new Command.Refused(attempt.id(), code, why));
        cancel(attempt);
      }
    }
  }

  /** What left this machine is not touched: it is revealed and settled whatever the stance. */
  void stand(Stance next, String why, Instant now) {
    boolean wasStill = isStill();
    stance = next;
    whyNot = why;
    switch (next) {
      case WORK, DRAIN -> {
        if (wasStill) {
          out.order(new Command.ResumeRuns());
          runReady(now);
        }
      }
      case PAUSE -> keepStill();
      case HAND_BACK -> giveBack(Refusal.OWNER_BACK, why);
    }
  }

  private boolean isStill() {
    return stance == Stance.PAUSE || stance == Stance.HAND_BACK;
  }

  private void runReady(Instant now) {
    var ready = List.copyOf(readyToRun);
    readyToRun.clear();
    for (var id : ready) {
      var attempt = roster.find(id);
      if (attempt != null) {
        fetched(attempt, now);
      }
    }
  }

  /** Said again and again, as a runner may have come up meanwhile. */
  void keepStill() {
    if (stance != Stance.PAUSE) {
      return;
    }
    for (var attempt : roster.all()) {
      if (attempt.state() instanceof AttemptState.Running) {
        attempt.pause();
      }
    }
    out.order(new Command.PauseRuns());
  }

  /** A clock that ran on, or a runner that did not come up because it was stopped. */
  private static boolean isOfThePause(FailureCode code) {
    return code == FailureCode.TIMEOUT || code == FailureCode.INFRASTRUCTURE;
  }
}
