package io.ruche.worker;

import static io.ruche.worker.Bench.DEADLINE;
import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.FINAL;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.REVEAL_TX;
import static io.ruche.worker.Bench.TARGET;
import static io.ruche.worker.Bench.TX;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.id;
import static io.ruche.worker.Bench.view;
import static io.ruche.worker.ChainView.Standing.CONTRIBUTED;
import static io.ruche.worker.ChainView.Standing.NONE;
import static io.ruche.worker.ChainView.Standing.PROVED;
import static io.ruche.worker.ChainView.Standing.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoteRulesTest {
  private static final AttemptId ID = id(1, 1);
  private static final Command.Contribute CONTRIBUTE =
      new Command.Contribute(ID, DEAL, DIGEST, LEAVE);
  private static final Command.Reveal REVEAL = new Command.Reveal(ID, DIGEST);
  private static final Command.LookAtChain LOOK = new Command.LookAtChain(ID, DIGEST);
  private static final Command.Upload UPLOAD = new Command.Upload(ID, TARGET);
  private static final ChainView NEVER_CAME = view(TaskStatus.ACTIVE, NONE, false);
  private static final ChainView WAITING = view(TaskStatus.ACTIVE, CONTRIBUTED, false);
  private final Bench bench = new Bench();

  @Test
  void aMinedContributionIsToldAndKept() {
    bench.contributing(ID);

    assertThat(bench.on(new Event.ContributionMined(ID, TX)))
        .contains(new Command.Contributed(ID, TX, null));
    assertThat(bench.journal).contains(new Fact.Contributed(ID, TX));
  }

  @Test
  void theChainIsAskedBeforeAReveal() {
    bench.contributed(ID);

    assertThat(bench.on(new Event.RevealAsked(ID))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
    assertThat(bench.journal).contains(new Fact.Revealing(ID));
  }

  @Test
  void aPoolCannotTalkAWorkerIntoAnEarlyReveal() {
    bench.contributed(ID).on(new Event.RevealAsked(ID));

    assertThat(bench.on(new Event.ChainSeen(ID, WAITING))).isEmpty();
    assertThat(bench.after(Duration.ofMillis(600))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, WAITING))).isEmpty();
    assertThat(bench.after(Duration.ofMillis(600))).isEmpty();
  }

  @Test
  void aRevealThatIsAskedBeforeTheContributionIsSeenFollowsAtOnce() {
    bench.contributing(ID).on(new Event.RevealAsked(ID));

    assertThat(bench.on(new Event.ContributionMined(ID, TX))).contains(LOOK);
  }

  @Test
  void withoutNewsTheChainIsAskedAndAWinnerRevealsUnasked() {
    bench.contributed(ID);

    assertThat(bench.after(Duration.ofSeconds(29))).isEmpty();
    assertThat(bench.after(Duration.ofSeconds(2))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
  }

  @Test
  void aFailedContributionIsLookedForAndSentAgain() {
    bench.contributing(ID);

    assertThat(bench.on(new Event.ChainFailed(ID, "CHAIN_UNREACHABLE", "no answer", true)))
        .noneMatch(Command.LookAtChain.class::isInstance);
    assertThat(bench.after(Duration.ofMillis(501))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(CONTRIBUTE);
  }

  @Test
  void aFailedContributionThatArrivedIsNotSentAgain() {
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_PENDING", "slow", true));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, WAITING)))
        .contains(new Command.Contributed(ID, VoteRules.FOUND_ON_CHAIN, null))
        .doesNotContain(CONTRIBUTE);
  }

  @Test
  void aContributionThatIsRefusedForGoodIsToldAndWatchedForAWhile() {
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_REVERTED", "stake too low", false));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME)))
        .contains(
            new Command.Refused(ID, Refusal.CONTRIBUTION_REFUSED, "TX_REVERTED: stake too low"))
        .doesNotContain(new Command.Discard(ID));
    assertThat(bench.after(bench.policy.chainCheck()))
        .contains(new Command.LookAtChain(ID, DIGEST))
        .doesNotContain(CONTRIBUTE);
    bench.now = bench.now.plus(bench.policy.watchRefused());
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME)))
        .contains(new Command.Discard(ID))
        .noneMatch(Command.Refused.class::isInstance);
  }

  @Test
  void aTaskThatClosedWithoutUsIsWatchedForAWhile() {
    var closed = new Event.ChainSeen(ID, view(TaskStatus.REVEALING, NONE, false));
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "CHAIN_UNREACHABLE", "no answer", true));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(closed)).doesNotContain(new Command.Discard(ID));
    bench.now = bench.now.plus(bench.policy.watchRefused());
    assertThat(bench.on(closed)).contains(new Command.Discard(ID));
  }

  @Test
  void aRefusedContributionThatAReorgLetsInIsRevealed() {
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_REVERTED", "TaskNotActive", false));
    bench.after(Duration.ofSeconds(1));
    bench.on(new Event.ChainSeen(ID, view(TaskStatus.REVEALING, NONE, false)));

    assertThat(bench.on(new Event.RevealAsked(ID)))
        .containsExactly(new Command.LookAtChain(ID, DIGEST));
    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.REVEALING, CONTRIBUTED, true))))
        .contains(new Command.Reveal(ID, DIGEST));
  }

  @Test
  void aRevealThatTheChainForgotIsNoticedWhenThePoolAsksForItAgain() {
    bench.revealed(ID);

    assertThat(bench.on(new Event.RevealAsked(ID)))
        .containsExactly(new Command.Revealed(ID, Bench.REVEAL_TX), LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing())))
        .contains(new Command.Reveal(ID, DIGEST));
  }

  @Test
  void retriesStopAtTheDeadline() {
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "CHAIN_UNREACHABLE", "no answer", true));
    bench.now = DEADLINE;
    bench.on(new Event.Tick());

    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME)))
        .doesNotContain(CONTRIBUTE)
        .contains(new Command.Discard(ID));
  }

  @Test
  void pausesBetweenTriesGrowToTheirBound() {
    bench.contributing(ID);
    for (int i = 0; i < 20; i++) {
      bench.on(new Event.ChainFailed(ID, "CHAIN_UNREACHABLE", "no answer", true));
      assertThat(bench.after(Duration.ofMillis(499))).isEmpty();
      assertThat(bench.after(Duration.ofMillis(14_501))).containsExactly(LOOK);
    }
  }

  @Test
  void aForgottenContributionIsSentAgainWithTheSameDigest() {
    bench.revealed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(CONTRIBUTE);
  }

  @Test
  void aForgottenRevealIsSentAgain() {
    bench.revealed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
  }

  @Test
  void aConsensusThatIsTakenBackIsWaitedForAgain() {
    bench.revealing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_REVERTED", "not revealing", false));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, WAITING))).doesNotContain(REVEAL);
    assertThat(bench.after(Duration.ofSeconds(31))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
  }

  @Test
  void anotherConsensusEndsTheVoteWithoutAReveal() {
    bench.contributed(ID).on(new Event.RevealAsked(ID));

    var commands =
        bench.on(new Event.ChainSeen(ID, view(TaskStatus.REVEALING, CONTRIBUTED, false)));

    assertThat(commands).isEmpty();
    assertThat(bench.on(new Event.Done(ID, "COMPLETED"))).contains(new Command.Discard(ID));
  }

  @Test
  void aRejectedContributionOfAFinalTaskIsDropped() {
    bench.contributed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.COMPLETED, REJECTED, false))))
        .containsExactly(new Command.Discard(ID));
  }

  @Test
  void aMinedRevealIsToldAndTheAttemptEndsWithDone() {
    bench.revealing(ID);

    assertThat(bench.on(new Event.RevealMined(ID, REVEAL_TX)))
        .contains(new Command.Revealed(ID, REVEAL_TX));
    assertThat(bench.on(new Event.Done(ID, "COMPLETED"))).contains(new Command.Discard(ID));
    assertThat(bench.engine.snapshot()).isEmpty();
  }

  @Test
  void aRevealThatFailedButArrivedCounts() {
    bench.revealing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_PENDING", "slow", true));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.REVEALING, PROVED, true))))
        .contains(new Command.Revealed(ID, VoteRules.FOUND_ON_CHAIN))
        .doesNotContain(REVEAL);
  }

  @Test
  void aProvedContributionOfACompletedTaskEndsWithoutThePool() {
    bench.revealed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.on(new Event.ChainSeen(ID, view(TaskStatus.COMPLETED, PROVED, true))))
        .contains(new Command.Discard(ID));
  }

  @Test
  void theResultLeavesOnlyAfterConsensusWasSeen() {
    bench.contributed(ID);

    assertThat(bench.on(new Event.UploadAsked(ID, TARGET))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL, UPLOAD);
    assertThat(bench.on(new Event.Uploaded(ID)))
        .containsExactly(new Command.Progress(ID, Phase.REVEALING, ""));
    bench.on(new Event.RevealMined(ID, REVEAL_TX));
    assertThat(bench.on(new Event.Connected()))
        .contains(new Command.Progress(ID, Phase.UPLOADED, ""));
  }

  @Test
  void uploadsAreTriedAgainABoundedNumberOfTimes() {
    bench.revealed(ID);
    int uploads = bench.on(new Event.UploadAsked(ID, TARGET)).contains(UPLOAD) ? 1 : 0;
    for (int i = 0; i < 20; i++) {
      bench.on(new Event.UploadFailed(ID, "503", true));
      uploads += bench.after(Duration.ofSeconds(16)).contains(UPLOAD) ? 1 : 0;
      bench.on(new Event.ChainSeen(ID, view(TaskStatus.REVEALING, PROVED, true)));
    }

    assertThat(uploads).isEqualTo(bench.policy.uploadTries());
  }

  @Test
  void anUploadThatIsAskedAgainElsewhereGoesThere() {
    bench.revealed(ID).on(new Event.UploadAsked(ID, TARGET), new Event.Uploaded(ID));
    var other = new UploadTarget("/results/1", "new token");

    assertThat(bench.on(new Event.UploadAsked(ID, TARGET)))
        .contains(new Command.Progress(ID, Phase.UPLOADED, ""))
        .doesNotContain(UPLOAD);
    assertThat(bench.on(new Event.UploadAsked(ID, other))).contains(new Command.Upload(ID, other));
  }

  @Test
  void anAbortedContributionIsStillRevealedSoThatItsStakeIsSafe() {
    bench.contributed(ID);

    assertThat(bench.on(new Event.Aborted(ID, "task lost"))).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
    assertThat(bench.on(new Event.HeartbeatDue()))
        .containsExactly(new Command.Heartbeat(2, List.of()));
  }

  @Test
  void anAbortedContributionInDoubtIsNeverSentAgain() {
    bench.contributing(ID);
    bench.on(new Event.Aborted(ID, "not needed"));
    bench.on(new Event.ChainFailed(ID, "CHAIN_UNREACHABLE", "no answer", true));
    bench.after(Duration.ofSeconds(1));

    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).doesNotContain(CONTRIBUTE);
    bench.now = DEADLINE;
    assertThat(bench.on(new Event.Tick())).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(new Command.Discard(ID));
  }

  @Test
  void anAbortedContributionInDoubtIsNotSentAgainAfterACrashEither() {
    bench.contributing(ID);
    bench.on(new Event.Aborted(ID, "not needed"));

    assertThat(bench.restart()).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).doesNotContain(CONTRIBUTE);
  }

  @Test
  void nothingIsHeldLongPastTheFinalDeadline() {
    bench.contributed(ID);
    bench.now = FINAL.plusSeconds(31);

    assertThat(bench.on(new Event.Tick())).containsExactly(new Command.Discard(ID));
  }

  @Test
  void afterACrashAContributionInDoubtIsLookedForFirst() {
    bench.contributing(ID);

    assertThat(bench.restart()).containsExactly(LOOK);
    assertThat(bench.on(new Event.ChainSeen(ID, NEVER_CAME))).contains(CONTRIBUTE);
  }

  @Test
  void afterACrashAContributionIsRevealed() {
    bench.contributed(ID);

    assertThat(bench.restart()).containsExactly(LOOK);
    assertThat(bench.on(new Event.Connected())).contains(new Command.Contributed(ID, TX, null));
    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing()))).contains(REVEAL);
  }

  @Test
  void afterACrashACommitIsToldAgainWithTheSameSalt() {
    bench.on(new Event.Connected(), Bench.assignedAfterCommit(ID));
    bench.on(new Event.Verified(ID, Bench.terms()), new Event.Fetched(ID));
    var before = bench.on(new Event.RunFinished(ID, DIGEST)).stream()
        .filter(Command.Committed.class::isInstance)
        .toList();
    bench.restart();

    assertThat(bench.on(new Event.Connected())).containsAll(before);
  }

  @Test
  void afterACrashATaskThatWasGivenUpInDoubtStaysRefused() {
    bench.contributing(ID);
    bench.on(new Event.ChainFailed(ID, "TX_REVERTED", "gas", false));
    bench.after(Duration.ofSeconds(1));
    bench.on(new Event.ChainSeen(ID, NEVER_CAME));
    bench.restart();
    bench.on(new Event.Connected());

    assertThat(bench.on(assigned(id(1, 2))))
        .anyMatch(
            c -> c instanceof Command.Refused r && r.code().equals(Refusal.ALREADY_CONTRIBUTED));
  }

  @Test
  void aSnapshotRebuildsTheSameEngine() {
    bench.contributed(ID).contributing(id(2, 1)).revealed(id(3, 1)).revealing(id(4, 1));
    bench.on(new Event.Aborted(id(2, 1), ""));
    var snapshot = bench.engine.snapshot();

    bench.journal.clear();
    bench.journal.addAll(snapshot);
    bench.restart();

    assertThat(bench.engine.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void openingFollowsTheContributionOfACommittedDigest() {
    bench.on(new Event.Connected(), Bench.assignedAfterCommit(ID));
    bench.on(new Event.Verified(ID, Bench.terms()), new Event.Fetched(ID));
    bench.on(new Event.RunFinished(ID, DIGEST), new Event.Authorized(ID, LEAVE, null));

    assertThat(bench.on(new Event.ContributionMined(ID, TX)))
        .contains(new Command.Opened(ID, DIGEST, Bench.SALT, false));
  }

  @Test
  void theLookIsNotRepeatedWhileOneIsUnderWay() {
    bench.contributed(ID);
    bench.after(Duration.ofSeconds(31));

    assertThat(bench.after(Duration.ofSeconds(31))).isEmpty();
    assertThat(bench.engine.isSending()).isTrue();
  }

  private List<Command> committedForItsResult() {
    bench.on(new Event.Connected(), Bench.assignedAfterResult(ID));
    bench.on(new Event.Verified(ID, Bench.terms()), new Event.Fetched(ID));
    return bench.on(new Event.RunFinished(ID, DIGEST));
  }

  @Test
  void whereOneRunSufficesTheResultIsUploadedBeforeAnythingGoesToTheChain() {
    assertThat(committedForItsResult())
        .contains(new Command.Opened(ID, DIGEST, Bench.SALT, true))
        .noneMatch(Command.Contribute.class::isInstance);

    assertThat(bench.on(new Event.UploadAsked(ID, Bench.TARGET)))
        .containsExactly(new Command.Upload(ID, Bench.TARGET));
    bench.on(new Event.Uploaded(ID));
    assertThat(bench.on(new Event.Authorized(ID, LEAVE, Bench.SETTLEMENT)))
        .contains(settle())
        .noneMatch(Command.Contribute.class::isInstance);
    assertThat(bench.on(new Event.ContributionMined(ID, TX)))
        .containsExactly(new Command.Contributed(ID, TX, null));
    assertThat(bench.on(new Event.Done(ID, "COMPLETED"))).contains(new Command.Discard(ID));
  }

  private static Command settle() {
    return new Command.ContributeAndFinalize(ID, Bench.DEAL, DIGEST, LEAVE, Bench.SETTLEMENT);
  }

  @Test
  void afterACrashTheSameSettlementIsSentOnceTheChainShowsNothing() {
    committedForItsResult();
    bench.on(new Event.Authorized(ID, LEAVE, Bench.SETTLEMENT));

    assertThat(bench.restart()).containsExactly(LOOK);
    var open = Bench.view(TaskStatus.ACTIVE, ChainView.Standing.NONE, false);
    assertThat(bench.on(new Event.ChainSeen(ID, open))).contains(settle());
  }

  @Test
  void aSettlementThatAReorgTookBackIsSentAgain() {
    committedForItsResult();
    bench.on(new Event.Authorized(ID, LEAVE, Bench.SETTLEMENT));
    bench.on(new Event.ContributionMined(ID, TX));
    bench.after(Duration.ofSeconds(31));

    var open = Bench.view(TaskStatus.ACTIVE, ChainView.Standing.NONE, false);
    assertThat(bench.on(new Event.ChainSeen(ID, open))).contains(settle());
  }

  @Test
  void aRunThatLocksNoStakeNeedsNone() {
    bench.on(new Event.Connected(), Bench.assignedAfterResult(ID));
    var poor = new Terms(Bench.DEADLINE, Bench.FINAL, Bench.STAKE, TokenAmount.ZERO);

    assertThat(bench.on(new Event.Verified(ID, poor))).contains(new Command.Fetch(ID));
  }
}
