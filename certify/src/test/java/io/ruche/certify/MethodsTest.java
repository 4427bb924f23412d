package io.ruche.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.certify.Decision.Accept;
import io.ruche.certify.Decision.Want;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodsTest {
  private static final WorkerRecord NEW = WorkerRecord.FRESH;
  private static final WorkerRecord STEADY = new WorkerRecord(0, 20, 0, 0);
  private static final WorkerRecord CHECKED = new WorkerRecord(10, 0, 0, 0);
  private static final CredibilityVoting CREDIBLE = new CredibilityVoting(0.99, 0.2, 0.1);
  private static final AdaptiveReplication ADAPTIVE = new AdaptiveReplication(10);

  /** The table of copies in the reference notes: rows are scores, columns trust. */
  @ParameterizedTest
  @CsvSource({
    "0, 2, 1",
    "0, 3, 2",
    "0, 5, 3",
    "0, 10, 4",
    "0, 1000, 10",
    "12, 3, 1",
    "12, 4, 2",
    "18, 5, 1",
    "18, 10, 2",
    "30, 50, 2",
    "90, 10, 1",
    "90, 1000, 3"
  })
  void pocoCountsWhoRunsByItsScore(long score, long trust, int copies) {
    var worker = new WorkerRecord(0, 0, 0, score);

    var before = new PocoVoting().decide(ballot(trust, List.of(), copies - 1, worker));
    var enough = new PocoVoting().decide(ballot(trust, List.of(), copies, worker));
    var agreed = new PocoVoting()
        .decide(ballot(trust, List.of(Collections.nCopies(copies, worker)), 0, worker));

    assertThat(((Want) before).copies()).isPositive();
    assertThat(enough).isEqualTo(new Want(0));
    assertThat(agreed).isEqualTo(new Accept(0));
  }

  @Test
  void pocoWantsWhatTheHeaviestGroupLacks() {
    var ballot = ballot(5, List.of(List.of(NEW), List.of(NEW, NEW)), 0, NEW);

    assertThat(new PocoVoting().decide(ballot)).isEqualTo(new Want(2));
  }

  @Test
  void firstToMTakesTheGroupThatIsFullFirst() {
    var method = new FirstMajority(2);

    assertThat(method.decide(ballot(1, List.of(), 0, NEW))).isEqualTo(new Want(2));
    assertThat(method.decide(ballot(1, List.of(List.of(NEW)), 1, NEW))).isEqualTo(new Want(0));
    assertThat(method.decide(ballot(1, List.of(List.of(NEW), List.of(NEW)), 0, NEW)))
        .isEqualTo(new Want(1));
    assertThat(method.decide(ballot(1, List.of(List.of(NEW), List.of(NEW, NEW)), 0, NEW)))
        .isEqualTo(new Accept(1));
  }

  @Test
  void credibilityTakesFourUnknownWorkersOrOneThatWasChecked() {
    assertThat(CREDIBLE.decide(ballot(1, List.of(), 0, NEW))).isEqualTo(new Want(4));
    assertThat(CREDIBLE.decide(ballot(1, List.of(), 1, CHECKED))).isEqualTo(new Want(0));
    assertThat(CREDIBLE.decide(ballot(1, List.of(Collections.nCopies(3, NEW)), 0, NEW)))
        .isEqualTo(new Want(1));
    assertThat(CREDIBLE.decide(ballot(1, List.of(Collections.nCopies(4, NEW)), 0, NEW)))
        .isEqualTo(new Accept(0));
    assertThat(CREDIBLE.decide(ballot(1, List.of(List.of(CHECKED)), 0, NEW)))
        .isEqualTo(new Accept(0));
  }

  @Test
  void credibilityWeighsCheckedWorkersAgainstANumberOfUnknownOnes() {
    var groups = List.of(List.of(NEW, NEW), List.of(CHECKED, CHECKED));

    assertThat(CREDIBLE.decide(ballot(1, groups, 0, NEW))).isEqualTo(new Accept(1));
  }

  @Test
  void adaptiveBelievesASteadyWorkerAloneMostOfTheTime() {
    assertThat(ADAPTIVE.decide(alone(STEADY, 0.94))).isEqualTo(new Accept(0));
    assertThat(ADAPTIVE.decide(alone(STEADY, 0.96))).isEqualTo(new Want(1));
    assertThat(ADAPTIVE.decide(alone(new WorkerRecord(0, 9, 0, 9), 0))).isEqualTo(new Want(1));
  }

  @Test
  void adaptiveAsksForTheSecondRunAsSoonAsTheFirstIsGivenToAnUnknownWorker() {
    assertThat(ADAPTIVE.decide(ballot(1, List.of(), 0, NEW))).isEqualTo(new Want(1));
    assertThat(ADAPTIVE.decide(ballot(1, List.of(), 1, NEW))).isEqualTo(new Want(1));
    assertThat(ADAPTIVE.decide(ballot(1, List.of(), 1, STEADY))).isEqualTo(new Want(0));
  }

  @Test
  void theHubsTrustIsReachedWhateverIsBelieved() {
    var method = new SpotChecking(0.1);

    assertThat(method.decide(ballot(1, List.of(List.of(NEW)), 0, NEW))).isEqualTo(new Accept(0));
    assertThat(method.decide(ballot(5, List.of(List.of(NEW)), 0, NEW))).isEqualTo(new Want(2));
    assertThat(method.decide(ballot(5, List.of(List.of(NEW)), 1, NEW))).isEqualTo(new Want(1));
    assertThat(CREDIBLE.decide(ballot(10, List.of(List.of(CHECKED)), 0, NEW)))
        .isEqualTo(new Want(3));
  }

  @Test
  void whoFailsACheckIsBannedWhereBansExist() {
    var failed = CHECKED.failedCheck();

    assertThat(new SpotChecking(0.1).isBanned(failed)).isTrue();
    assertThat(CREDIBLE.isBanned(failed)).isTrue();
    assertThat(CREDIBLE.isBanned(CHECKED)).isFalse();
    assertThat(ADAPTIVE.isBanned(failed)).isFalse();
    assertThat(new PocoVoting().isBanned(failed)).isFalse();
  }

  @Test
  void recordsFollowTheHubsScoreAndBoincsRow() {
    var worker = new WorkerRecord(1, 5, 0, 20);

    assertThat(worker.accepted(true)).isEqualTo(new WorkerRecord(1, 6, 0, 21));
    assertThat(worker.accepted(false)).isEqualTo(worker);
    assertThat(worker.outvoted()).isEqualTo(new WorkerRecord(1, 0, 1, 13));
    assertThat(worker.passedCheck()).isEqualTo(new WorkerRecord(2, 5, 0, 20));
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new CredibilityVoting(1, 0.2, 0.1))
        .hasMessage("expected a threshold from 0.5 to below 1, found 1.0");
    assertThatThrownBy(() -> new CredibilityVoting(0.99, 0.5, 0.1))
        .hasMessage("expected a fraction of liars above 0 and below 0.5, found 0.5");
    assertThatThrownBy(() -> new SpotChecking(0))
        .hasMessage("expected a check rate above 0 and at most 1, found 0.0");
    assertThatThrownBy(() -> new FirstMajority(0)).hasMessageContaining("at least 1, found 0");
    assertThatThrownBy(() -> new AdaptiveReplication(0)).hasMessageContaining("found 0");
  }

  private static Ballot ballot(
      long trust, List<List<WorkerRecord>> groups, int running, WorkerRecord worker) {
    return new Ballot(trust, groups, Collections.nCopies(running, worker), 0.5);
  }

  private static Ballot alone(WorkerRecord worker, double draw) {
    return new Ballot(1, List.of(List.of(worker)), List.of(), draw);
  }
}
