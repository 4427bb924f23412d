package io.ruche.worker;

import static io.ruche.worker.Bench.DEADLINE;
import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.FAILURE_DIGEST;
import static io.ruche.worker.Bench.FETCH;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.OTHER_DIGEST;
import static io.ruche.worker.Bench.SALT;
import static io.ruche.worker.Bench.TRAP;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.assignedAfterCommit;
import static io.ruche.worker.Bench.assignedAfterResult;
import static io.ruche.worker.Bench.id;
import static io.ruche.worker.Bench.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkRulesTest {
  private static final AttemptId ID = id(1, 1);
  private static final RunUsage USAGE = new RunUsage(1_200_000_000L, 400);
  private final Bench bench = new Bench();

  @Test
  void anAssignmentIsVerifiedFetchedAndRun() {
    bench.on(new Event.Connected());

    assertThat(bench.on(assigned(ID))).contains(new Command.Verify(ID, DEAL, 0, LEAVE, false));
    assertThat(bench.on(new Event.Verified(ID, terms()))).contains(new Command.Fetch(ID));
    assertThat(bench.on(new Event.Fetched(ID)))
        .contains(new Command.Run(ID, assigned(ID).assignment().limits(), true));
  }

  @Test
  void fetchingIsToldOnceItTakesAWhile() {
    bench.on(new Event.Connected(), assigned(ID));
    var fetching = new Command.Progress(ID, Phase.FETCHING, "");

    assertThat(bench.on(new Event.Verified(ID, terms()))).doesNotContain(fetching);
    assertThat(bench.on(new Event.Tick())).contains(fetching);
    assertThat(bench.on(new Event.Tick())).doesNotContain(fetching);
    assertThat(bench.on(new Event.Fetched(ID)))
        .contains(new Command.Progress(ID, Phase.RUNNING, ""));
  }

  @Test
  void aResultThatThePoolStoresFirstNeedNotOutliveAPowerCut() {
    bench.on(new Event.Connected(), assignedAfterResult(ID));

    assertThat(bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID)))
        .contains(new Command.Run(ID, assigned(ID).assignment().limits(), false));
  }

  @Test
  void theDigestIsAFactBeforeTheContributionLeaves() {
    bench.running(ID);

    var decision = bench.engine.on(List.of(new Event.RunFinished(ID, DIGEST)), bench.now);

    assertThat(decision.facts())
        .hasExactlyElementsOfTypes(Fact.Computed.class, Fact.Contributing.class);
    assertThat(decision.commands()).contains(new Command.Contribute(ID, DEAL, DIGEST, LEAVE));
  }

  @Test
  void afterCommitOnlyTheSaltedCommitLeaves() {
    bench.on(new Event.Connected(), assignedAfterCommit(ID));
    bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID));

    var commands = bench.on(new Event.RunFinished(ID, DIGEST));

    assertThat(commands)
        .contains(new Command.Committed(ID, ContributionHashes.offChainCommit(DIGEST, SALT), null))
        .noneMatch(Command.Contribute.class::isInstance);
    assertThat(bench.on(new Event.Authorized(ID, LEAVE, null)))
        .contains(new Command.Contribute(ID, DEAL, DIGEST, LEAVE));
  }

  @Test
  void whatTheRunUsedGoesWithTheDigestOverARestart() {
    bench.on(new Event.Connected(), assignedAfterCommit(ID));
    bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID));

    var committed = bench.on(new Event.RunFinished(ID, DIGEST, USAGE));
    bench.restart();
    bench.on(new Event.Connected(), new Event.Authorized(ID, LEAVE, null));
    var contributed = bench.on(new Event.ContributionMined(ID, Bench.TX));

    assertThat(committed)
        .contains(
            new Command.Committed(ID, ContributionHashes.offChainCommit(DIGEST, SALT), USAGE));
    assertThat(contributed).contains(new Command.Contributed(ID, Bench.TX, USAGE));
    assertThat(bench.engine.snapshot())
        .filteredOn(Fact.Computed.class::isInstance)
        .extracting(fact -> ((Fact.Computed) fact).usage())
        .containsExactly(USAGE);
  }

  @Test
  void whatAFailingRunUsedGoesWithItsCertifiedFailure() {
    bench.running(ID).on(new Event.WorkFailed(ID, TRAP, "unreachable", USAGE));

    bench.on(new Event.FailureWritten(ID, FAILURE_DIGEST));

    assertThat(bench.on(new Event.ContributionMined(ID, Bench.TX)))
        .contains(new Command.Contributed(ID, Bench.TX, USAGE));
  }

  @Test
  void moreThanTheSlotsWaitInTheQueueAndThenAreRefused() {
    bench.on(new Event.Connected());
    bench.on(assigned(id(1, 1)), assigned(id(2, 1)));

    assertThat(bench.on(assigned(id(3, 1)))).isEmpty();
    assertThat(bench.on(assigned(id(4, 1)))).isEmpty();
    assertThat(refusals(bench.on(assigned(id(5, 1))))).containsExactly(Refusal.NO_FREE_SLOT);
    assertThat(bench.on(new Event.Aborted(id(1, 1), "")))
        .contains(new Command.Verify(id(3, 1), DEAL, 0, LEAVE, false));
  }

  @Test
  void aFreedSlotIsToldAtOnce() {
    bench.running(ID);

    assertThat(bench.on(new Event.RunFinished(ID, DIGEST))).contains(new Command.Slots(2));
  }

  @Test
  void whatTheChainDoesNotConfirmIsRefused() {
    bench.on(new Event.Connected(), assigned(ID));

    var commands = bench.on(new Event.Mismatched(ID, "BAD_AUTHORIZATION", "signed by another"));

    assertThat(refusals(commands)).containsExactly("BAD_AUTHORIZATION");
    assertThat(bench.engine.held()).isEmpty();
  }

  @Test
  void stakeOfRunningAttemptsCountsAgainstTheNextOne() {
    bench.on(new Event.Connected(), assigned(id(1, 1)), assigned(id(2, 1)));
    var poor = new Terms(DEADLINE, Bench.FINAL, TokenAmount.ofNano(5), TokenAmount.ofNano(9));
    bench.on(new Event.Verified(id(1, 1), poor));

    var commands = bench.on(new Event.Verified(id(2, 1), poor));

    assertThat(refusals(commands)).containsExactly(Refusal.STAKE_TOO_LOW);
    assertThat(commands.toString()).contains("Deposit at least 0.000000001");
  }

  @Test
  void nothingIsTakenPastTheDeadline() {
    bench.on(new Event.Connected());
    bench.now = DEADLINE.minusMillis(500);

    assertThat(refusals(bench.on(assigned(ID)))).containsExactly(Refusal.DEADLINE_PASSED);
  }

  @Test
  void theDealsOwnDeadlineCounts() {
    bench.on(new Event.Connected(), assigned(ID));
    var early = new Terms(bench.now, Bench.FINAL, Bench.STAKE, TokenAmount.ofNano(100));

    assertThat(refusals(bench.on(new Event.Verified(ID, early))))
        .containsExactly(Refusal.DEADLINE_PASSED);
  }

  @Test
  void aRunThatEndsPastTheDeadlineIsNotContributed() {
    bench.running(ID);
    bench.now = DEADLINE;

    var commands = bench.on(new Event.RunFinished(ID, DIGEST));

    assertThat(commands).noneMatch(Command.Contribute.class::isInstance);
    assertThat(refusals(commands)).containsExactly(Refusal.DEADLINE_PASSED);
  }

  @Test
  void noRunMayOutlastItsDeadline() {
    bench.on(new Event.Connected(), assigned(ID), new Event.Verified(ID, terms()));
    bench.now = DEADLINE.minusSeconds(7);

    long fuel = assigned(ID).assignment().limits().fuel();
    var left = new RunLimits(Duration.ofSeconds(7), 256, 1 << 20, 100, fuel);
    assertThat(bench.on(new Event.Fetched(ID))).contains(new Command.Run(ID, left, true));
  }

  @Test
  void tooMuchMemoryIsRefused() {
    bench.on(new Event.Connected());
    var limits = new RunLimits(Duration.ofMinutes(5), 513, 1, 1);
    var large = new Assignment(ID, DEAL, 0, limits, new Release.WithWork(LEAVE), DEADLINE);

    assertThat(refusals(bench.on(new Event.Assigned(large))))
        .containsExactly(Refusal.MEMORY_TOO_LOW);
  }

  @Test
  void aFailureThatEveryMachineReachesIsContributed() {
    bench.running(ID);

    assertThat(bench.on(new Event.WorkFailed(ID, TRAP, "unreachable")))
        .contains(new Command.WriteFailure(ID, TRAP, true));
    assertThat(bench.on(new Event.FailureWritten(ID, FAILURE_DIGEST)))
        .contains(new Command.Contribute(ID, DEAL, FAILURE_DIGEST, LEAVE));
  }

  @Test
  void otherFailuresAreReportedAndFreeTheSlot() {
    bench.on(new Event.Connected(), assigned(ID), new Event.Verified(ID, terms()));

    assertThat(bench.on(new Event.WorkFailed(ID, FETCH, "404")))
        .contains(new Command.Failed(ID, FailureCode.FETCH, 0, "404"))
        .contains(new Command.Slots(2));
    assertThat(bench.journal).isEmpty();
  }

  @Test
  void aReportedFailureIsContributedOnceCertified() {
    bench.on(new Event.Connected(), assignedAfterCommit(ID), new Event.Verified(ID, terms()));
    bench.on(new Event.WorkFailed(ID, FETCH, "404"));

    assertThat(bench.on(new Event.FailureCertified(ID, FETCH, LEAVE)))
        .contains(new Command.WriteFailure(ID, FETCH, true));
    assertThat(bench.on(new Event.FailureWritten(ID, FAILURE_DIGEST)))
        .contains(new Command.Contribute(ID, DEAL, FAILURE_DIGEST, LEAVE));
  }

  @Test
  void aFailureThatWasNotReportedIsNeverCertified() {
    bench.on(new Event.Connected(), assigned(ID), new Event.Verified(ID, terms()));
    bench.on(new Event.WorkFailed(ID, FETCH, "404"));
    var other = new Failure(FailureCode.CHECKSUM, 0);

    assertThat(bench.on(new Event.FailureCertified(ID, other, LEAVE))).isEmpty();
    bench.running(id(2, 1));
    assertThat(bench.on(new Event.FailureCertified(id(2, 1), TRAP, LEAVE))).isEmpty();
  }

  @Test
  void troubleOfTheMachineIsNeverCertifiedAndPausesWork() {
    var broken = new Failure(FailureCode.INFRASTRUCTURE, 0);
    bench.running(ID);

    var commands = bench.on(new Event.WorkFailed(ID, broken, "disk full"));

    assertThat(commands)
        .contains(new Command.Failed(ID, FailureCode.INFRASTRUCTURE, 0, "disk full"))
        .contains(new Command.Slots(0));
    assertThat(bench.on(new Event.FailureCertified(ID, broken, LEAVE))).isEmpty();
    assertThat(refusals(bench.on(assigned(id(2, 1))))).containsExactly(Refusal.PAUSED);
    bench.after(Duration.ofSeconds(11));
    assertThat(bench.on(assigned(id(2, 1)))).anyMatch(Command.Verify.class::isInstance);
  }

  @Test
  void theSameAssignmentTwiceRunsOnce() {
    bench.running(ID);

    assertThat(bench.on(assigned(ID))).containsExactly(new Command.Progress(ID, Phase.RUNNING, ""));
  }

  @Test
  void aLaterAttemptReplacesARunAndAnOlderOneIsStale() {
    bench.running(id(1, 2));

    assertThat(bench.on(assigned(id(1, 3))))
        .contains(new Command.Cancel(id(1, 2)), new Command.Discard(id(1, 2)))
        .contains(new Command.Verify(id(1, 3), DEAL, 0, LEAVE, false));
    assertThat(refusals(bench.on(assigned(id(1, 1))))).containsExactly(Refusal.STALE_ATTEMPT);
  }

  @Test
  void aTaskThatWasContributedIsNotRunAgain() {
    bench.contributed(ID);

    assertThat(refusals(bench.on(assigned(id(1, 2))))).containsExactly(Refusal.ALREADY_CONTRIBUTED);
  }

  @Test
  void aLaterRunMayNotGiveAnotherDigestThanACommittedOne() {
    bench.on(new Event.Connected(), assignedAfterCommit(ID));
    bench.on(new Event.Verified(ID, terms()), new Event.Fetched(ID));
    bench.on(new Event.RunFinished(ID, DIGEST), new Event.Aborted(ID, ""));
    bench.running(id(1, 2));

    var commands = bench.on(new Event.RunFinished(id(1, 2), OTHER_DIGEST));

    assertThat(refusals(commands)).containsExactly(Refusal.DIGEST_DIFFERS);
    assertThat(commands).noneMatch(Command.Contribute.class::isInstance);
  }

  @Test
  void anAbortStopsTheRunAndDiscardsItsFolder() {
    bench.running(ID);

    assertThat(bench.on(new Event.Aborted(ID, "not needed")))
        .contains(new Command.Cancel(ID), new Command.Discard(ID));
    assertThat(bench.on(new Event.RunFinished(ID, DIGEST))).isEmpty();
  }

  @Test
  void whatIsUnfinishedAtTheDeadlineIsGivenBack() {
    bench.running(ID);
    bench.now = DEADLINE;

    var commands = bench.on(new Event.Tick());

    assertThat(refusals(commands)).containsExactly(Refusal.DEADLINE_PASSED);
    assertThat(commands).contains(new Command.Cancel(ID));
  }

  @Test
  void leavingGivesBackWhatHasNoDigest() {
    bench.running(ID).contributing(id(2, 1));

    assertThat(refusals(bench.on(new Event.Leaving()))).containsExactly(Refusal.LEAVING);
    assertThat(bench.engine.held()).containsExactly(id(2, 1));
    assertThat(bench.engine.heldCount()).isEqualTo(1);
    assertThat(bench.engine.holds(id(2, 1))).isTrue();
    assertThat(bench.engine.holds(id(2, 2))).isFalse();
    assertThat(bench.engine.holds(ID)).isFalse();
    assertThat(refusals(bench.on(assigned(id(3, 1))))).containsExactly(Refusal.LEAVING);
  }

  @Test
  void nothingIsToldWithoutASession() {
    bench.on(assigned(ID));

    assertThat(bench.on(new Event.WorkFailed(ID, FETCH, "404"))).isEmpty();
    assertThat(bench.on(new Event.Connected()))
        .contains(new Command.Failed(ID, FailureCode.FETCH, 0, "404"));
  }

  @Test
  void ordersForUnknownAttemptsAreAnswered() {
    bench.on(new Event.Connected());

    assertThat(refusals(bench.on(new Event.RevealAsked(ID))))
        .containsExactly(Refusal.UNKNOWN_ATTEMPT);
    assertThat(bench.on(new Event.Done(ID, "COMPLETED"))).isEmpty();
  }

  @Test
  void aRunThatWasNotContributedLeavesNoTraceAfterACrash() {
    bench.running(ID);

    assertThat(bench.restart()).isEmpty();
    assertThat(bench.engine.held()).isEmpty();
  }

  private static List<String> refusals(List<Command> commands) {
    return commands.stream()
        .filter(Command.Refused.class::isInstance)
        .map(command -> ((Command.Refused) command).code())
        .toList();
  }
}
