package io.ruche.worker;

import static io.ruche.worker.Bench.DEAL;
import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.assigned;
import static io.ruche.worker.Bench.id;
import static io.ruche.worker.Bench.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.worker.availability.Stance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StanceTest {
  private static final AttemptId ID = id(1, 1);
  private final Bench bench = new Bench();

  @ParameterizedTest
  @EnumSource(
      value = Stance.class,
      names = {"DRAIN", "PAUSE", "HAND_BACK"})
  void nothingNewIsTakenWhileTheMachineIsTheOwners(Stance stance) {
    bench.on(new Event.Connected());

    assertThat(bench.on(taken(stance))).contains(new Command.Heartbeat(0, List.of()));
    assertThat(bench.on(assigned(ID)))
        .contains(new Command.Refused(ID, Refusal.OWNER_BACK, "the owner is back"));
    assertThat(bench.on(taken(Stance.WORK))).contains(new Command.Heartbeat(2, List.of()));
    assertThat(bench.on(assigned(ID))).contains(new Command.Verify(ID, DEAL, 0, LEAVE, false));
  }

  @Test
  void theNextHeartbeatSaysWhatTheMachineRunsOn() {
    bench.on(new Event.Connected());
    var power = new Power(Power.Source.SURPLUS, 12);

    assertThat(bench.on(new Event.PowerSeen(power))).isEmpty();
    assertThat(bench.on(new Event.HeartbeatDue()))
        .containsExactly(new Command.Heartbeat(2, List.of(), power));
  }

  @Test
  void runsAreStoppedAtOnceAndEachSecondAgainUntilTheyGoOn() {
    bench.running(ID);

    assertThat(bench.on(taken(Stance.PAUSE)))
        .contains(new Command.PauseRuns())
        .doesNotContain(new Command.Cancel(ID));
    assertThat(bench.after(Duration.ofSeconds(1))).contains(new Command.PauseRuns());
    assertThat(bench.on(taken(Stance.WORK))).contains(new Command.ResumeRuns());
    assertThat(bench.after(Duration.ofSeconds(1))).doesNotContain(new Command.PauseRuns());
    assertThat(bench.on(new Event.RunFinished(ID, DIGEST)))
        .contains(new Command.Contribute(ID, DEAL, DIGEST, LEAVE));
  }

  @Test
  void whatIsFetchedDuringAPauseRunsAfterIt() {
    bench.on(new Event.Connected(), assigned(ID), new Event.Verified(ID, terms()));
    bench.on(taken(Stance.PAUSE));

    assertThat(bench.on(new Event.Fetched(ID))).noneMatch(Command.Run.class::isInstance);
    assertThat(bench.on(taken(Stance.WORK)))
        .contains(new Command.Run(ID, assigned(ID).assignment().limits(), true));
  }

  @Test
  void whatWaitsForASlotStartsAfterThePause() {
    bench.on(new Event.Connected(), assigned(id(1, 1)), assigned(id(2, 1)), assigned(id(3, 1)));
    bench.on(taken(Stance.PAUSE));

    assertThat(bench.on(new Event.Aborted(id(1, 1), "")))
        .noneMatch(Command.Verify.class::isInstance);
    assertThat(bench.on(taken(Stance.WORK)))
        .contains(new Command.Verify(id(3, 1), DEAL, 0, LEAVE, false));
  }

  @Test
  void afterTheGraceWhatHasNoDigestIsGivenBack() {
    bench.running(ID);
    bench.on(taken(Stance.PAUSE));

    assertThat(bench.on(taken(Stance.HAND_BACK)))
        .contains(
            new Command.Refused(ID, Refusal.OWNER_BACK, "the owner is back"),
            new Command.Cancel(ID),
            new Command.Discard(ID),
            new Command.Heartbeat(0, List.of()));
    assertThat(bench.engine.held()).isEmpty();
  }

  @Test
  void whoDrainsFinishesWhatRuns() {
    bench.running(ID);

    assertThat(bench.on(taken(Stance.DRAIN)))
        .doesNotContain(new Command.PauseRuns(), new Command.Cancel(ID));
    assertThat(bench.on(new Event.RunFinished(ID, DIGEST)))
        .contains(new Command.Contribute(ID, DEAL, DIGEST, LEAVE));
  }

  @ParameterizedTest
  @EnumSource(Stance.class)
  void aContributionThatWasSentIsRevealedWhateverTheStance(Stance stance) {
    bench.contributed(ID);
    bench.on(taken(Stance.PAUSE), taken(stance));

    bench.on(new Event.RevealAsked(ID));

    assertThat(bench.on(new Event.ChainSeen(ID, Bench.revealing())))
        .contains(new Command.Reveal(ID, DIGEST));
  }

  @Test
  void aClockThatRanOutDuringAPauseIsNotTheAppsFault() {
    bench.running(ID);
    bench.on(taken(Stance.PAUSE), taken(Stance.WORK));
    var timeOut = new Failure(FailureCode.TIMEOUT, 0);

    assertThat(bench.on(new Event.WorkFailed(ID, timeOut, "too long")))
        .noneMatch(Command.Failed.class::isInstance)
        .contains(new Command.Refused(
            ID, Refusal.OWNER_BACK, "the run was paused for too long: too long"));
  }

  @Test
  void aTrapAfterAPauseIsStillTheApps() {
    bench.running(ID);
    bench.on(taken(Stance.PAUSE), taken(Stance.WORK));
    var trap = new Failure(FailureCode.TRAP, 0);

    assertThat(bench.on(new Event.WorkFailed(ID, trap, "unreachable")))
        .contains(new Command.WriteFailure(ID, trap, true));
  }

  private static Event taken(Stance stance) {
    return new Event.StanceTaken(stance, stance == Stance.WORK ? "" : "the owner is back");
  }
}
