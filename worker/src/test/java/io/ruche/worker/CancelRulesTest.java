package io.ruche.worker;

import static io.ruche.worker.Bench.CANCELLATION;
import static io.ruche.worker.Bench.CANCELLED;
import static io.ruche.worker.Bench.CANCELLED_DIGEST;
import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.STAKE;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.assignedAfterResult;
import static io.ruche.worker.Bench.assignment;
import static io.ruche.worker.Bench.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelRulesTest {
  private static final AttemptId ID = Bench.id(1, 1);
  private static final Command FAILED =
      new Command.Failed(ID, FailureCode.CANCELLED, 0, "cancelled by its requester");

  private final Bench bench = new Bench();

  private List<Command> cancel(AttemptId id) {
    return bench.on(new Event.CancelAsked(id, CANCELLATION));
  }

  private static Command check(AttemptId id) {
    return new Command.CheckCancel(id, DEAL, 0, CANCELLATION);
  }

  private static Event checked(AttemptId id) {
    return new Event.CancelChecked(id, terms());
  }

  @Test
  void aRunIsStoppedOnceTheChainSaysWhoTheRequesterIs() {
    bench.running(ID);

    assertThat(cancel(ID)).containsExactly(check(ID));
    assertThat(bench.on(checked(ID)))
        .containsExactly(new Command.Cancel(ID), FAILED, new Command.Slots(2));
    assertThat(bench.journal).isEmpty();
  }

  @Test
  void aRunGoesOnWhenSomebodyElseSigned() {
    bench.running(ID);

    cancel(ID);
    assertThat(bench.on(new Event.CancelRefused(ID, "BAD_CANCELLATION", "no"))).isEmpty();

    bench.on(new Event.RunFinished(ID, DIGEST));
    assertThat(bench.journal).anyMatch(fact -> fact instanceof Fact.Computed);
  }

  @Test
  void whatWaitsForASlotOrIsFetchedIsStoppedToo() {
    bench.on(new Event.Connected(), assigned(Bench.id(2, 1)), assigned(Bench.id(3, 1)));
    bench.on(assigned(ID));

    cancel(ID);
    assertThat(bench.on(checked(ID))).contains(FAILED);

    bench.on(new Event.Verified(Bench.id(2, 1), terms()));
    cancel(Bench.id(2, 1));
    var commands = bench.on(checked(Bench.id(2, 1)));
    assertThat(commands).contains(new Command.Cancel(Bench.id(2, 1)));
    assertThat(commands).noneMatch(command -> command instanceof Command.Verify);
  }

  @Test
  void aResultThatComesAfterTheStopIsNothing() {
    bench.running(ID);
    cancel(ID);
    bench.on(checked(ID));

    assertThat(bench.on(new Event.RunFinished(ID, DIGEST))).isEmpty();
    assertThat(bench.journal).isEmpty();
  }

  @Test
  void aDigestOnDiskIsToldAndGoesOn() {
    bench.contributing(ID);

    assertThat(cancel(ID)).containsExactly(new Command.Progress(ID, Phase.CONTRIBUTING, ""));
  }

  @Test
  void aDigestThatCameWhileTheWordWasCheckedGoesOn() {
    bench.running(ID);
    cancel(ID);
    bench.on(new Event.RunFinished(ID, DIGEST));

    assertThat(bench.on(checked(ID)))
        .containsExactly(new Command.Progress(ID, Phase.CONTRIBUTING, ""));
  }

  @Test
  void itVotesThatItWasCancelledOnlyWhenThePoolAsksAndItSaidSo() {
    bench.running(ID);
    assertThat(bench.on(new Event.FailureCertified(ID, CANCELLED, LEAVE))).isEmpty();
    cancel(ID);
    bench.on(checked(ID));

    assertThat(bench.on(new Event.FailureCertified(ID, CANCELLED, LEAVE)))
        .containsExactly(new Command.WriteFailure(ID, CANCELLED, true));
    assertThat(bench.on(new Event.FailureWritten(ID, CANCELLED_DIGEST)))
        .contains(new Command.Contribute(ID, DEAL, CANCELLED_DIGEST, LEAVE));
  }

  @Test
  void whereOneRunSufficesItIsHandedInLikeAResultAndLocksNoStake() {
    bench.on(new Event.Connected(), assignedAfterResult(ID));
    bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID));
    cancel(ID);
    bench.on(checked(ID));

    bench.on(new Event.FailureCertified(ID, CANCELLED, null));
    assertThat(bench.on(new Event.FailureWritten(ID, CANCELLED_DIGEST)))
        .hasAtLeastOneElementOfType(Command.Committed.class)
        .hasAtLeastOneElementOfType(Command.Opened.class)
        .noneMatch(command -> command instanceof Command.Contribute);
    assertThat(STAKE.isZero()).isFalse();
  }

  @Test
  void whatComesCancelledIsNeitherVerifiedNorFetchedAndTakesNoSlot() {
    bench.on(new Event.Connected(), assigned(Bench.id(2, 1)));

    var commands =
        bench.on(new Event.Assigned(assignment(ID, new Release.AfterCommit()), CANCELLATION));

    assertThat(commands).containsExactly(check(ID));
    assertThat(bench.on(checked(ID)))
        .containsExactly(new Command.Cancel(ID), FAILED, new Command.Slots(1));
  }

  @Test
  void whatComesCancelledByNobodyGoesBack() {
    bench.on(new Event.Connected());
    bench.on(new Event.Assigned(assignment(ID, new Release.AfterCommit()), CANCELLATION));

    assertThat(bench.on(new Event.CancelRefused(ID, "BAD_CANCELLATION", "no")))
        .contains(new Command.Refused(ID, "BAD_CANCELLATION", "no"));
    assertThat(bench.engine.held()).isEmpty();
  }

  @Test
  void anAttemptThatIsGoneIsToldFromAContributionThatMayBeOnChain() {
    bench.on(new Event.Connected());

    assertThat(cancel(ID))
        .containsExactly(new Command.Refused(
            ID, Refusal.UNKNOWN_ATTEMPT, "this worker does not hold the attempt"));
  }

  @Test
  void aDigestOfAnEarlierRunForbidsAnother() {
    bench.on(new Event.Connected(), assignedAfterResult(ID));
    bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID));
    bench.on(new Event.RunFinished(ID, DIGEST), new Event.Aborted(ID, "because"));
    var next = Bench.id(1, 2);

    bench.on(new Event.Assigned(assignment(next, new Release.AfterResult()), CANCELLATION));

    assertThat(bench.on(checked(next)))
        .first()
        .isInstanceOfSatisfying(
            Command.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(Refusal.DIGEST_DIFFERS));
  }

  @Test
  void aProcessThatDiedHoldsNothingOfWhatItStopped() {
    bench.running(ID);
    cancel(ID);
    bench.on(checked(ID));

    bench.restart();

    assertThat(bench.engine.held()).isEmpty();
  }
}
