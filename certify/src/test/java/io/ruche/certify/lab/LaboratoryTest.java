package io.ruche.certify.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CertificationMethod;
import io.ruche.certify.CredibilityVoting;
import io.ruche.certify.FirstMajority;
import io.ruche.certify.PocoVoting;
import io.ruche.certify.SpotChecking;
import io.ruche.certify.formula.MajorityVote;
import io.ruche.certify.formula.PocoVote;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laboratory against closed forms, and the attack that no vote by score withstands. */
class LaboratoryTest {
  private static final CertificationMethod CREDIBLE = new CredibilityVoting(0.99, 0.2, 0.1);

  /** 40,000 tasks by workers that never change: the error is a share of independent tasks. */
  @Test
  void firstToTwoMakesTheErrorOfItsClosedForm() {
    var report = run(steady(500), 40_000, new FirstMajority(2), 1);

    double expected = MajorityVote.error(2, 0.2);
    assertThat(report.errorRate()).isCloseTo(expected, within(threeErrors(expected, 40_000)));
    assertThat(report.copies()).isCloseTo(MajorityVote.copies(2, 0.2), within(0.01));
  }

  /** 10,000 tasks on 10,000 workers: hardly anybody gets the record that would weigh more. */
  @Test
  void theVoteMakesTheErrorOfItsClosedFormAmongNewWorkers() {
    var report = run(steady(10_000), 10_000, new PocoVoting(), 3);

    double expected = PocoVote.error(3, 0.2);
    assertThat(report.errorRate()).isCloseTo(expected, within(threeErrors(expected, 10_000)));
    assertThat(report.copies()).isCloseTo(PocoVote.copies(3, 0.2), within(0.04));
  }

  @Test
  void liarsThatDoNotAgreeNeverWin() {
    var alone = new Population(200, 0.3, 1, false, 0, 0, false);

    assertThat(run(alone, 5_000, new FirstMajority(2), 1).wrong()).isZero();
    assertThat(run(alone, 5_000, new PocoVoting(), 3).wrong()).isZero();
  }

  @Test
  void checksBanLiarsAndNobodyElse() {
    var report = run(steady(200), 20_000, new SpotChecking(0.1), 1);

    assertThat(report.liarsBanned()).isEqualTo(40);
    assertThat(report.honestBanned()).isZero();
    assertThat(report.errors().getFirst()).isGreaterThan(0.1);
    assertThat(report.errors().getLast()).isZero();
    assertThat((double) report.checks() / report.runs()).isCloseTo(0.1, within(0.01));
  }

  @Test
  void aBanIsWorthLittleWhereANewNameIsFree() {
    var back = new Population(200, 0.2, 1, true, 0, 0, true);

    assertThat(run(back, 20_000, new SpotChecking(0.1), 1).errors().getLast()).isGreaterThan(0.1);
    assertThat(run(back, 20_000, CREDIBLE, 1).errorRate()).isLessThan(0.01);
  }

  @Test
  void credibilityKeepsItsPromiseAtACostThatFalls() {
    var report = run(steady(200), 20_000, CREDIBLE, 1);

    assertThat(report.errorRate()).isLessThan(0.01);
    assertThat(report.copies()).isLessThan(run(steady(200), 2_000, CREDIBLE, 1).copies());
  }

  /** After 60 good runs a liar's score settles tasks of trust 5 alone; checks come all the same. */
  @Test
  void behavingUntilTrustedBeatsTheScoreAndTheRowButNotTheChecks() {
    var patient = new Population(200, 0.2, 1, true, 60, 0, false);

    var poco = run(patient, 20_000, new PocoVoting(), 5);
    var adaptive = run(patient, 20_000, new AdaptiveReplication(10), 1);
    var credible = run(patient, 20_000, CREDIBLE, 1);

    assertThat(poco.errors().getFirst()).isLessThan(0.05);
    assertThat(poco.errors().stream().mapToDouble(e -> e).max().orElse(0)).isGreaterThan(0.1);
    assertThat(adaptive.errors().stream().mapToDouble(e -> e).max().orElse(0)).isGreaterThan(0.1);
    assertThat(credible.errorRate()).isLessThan(poco.errorRate() / 2);
    assertThat(credible.liarsBanned()).isEqualTo(40);
    assertThat(poco.liarsBanned()).isZero();
  }

  @Test
  void stakesOnlyMoveBetweenWorkers() {
    var free = new Experiment(steady(200), 5_000, 0.1, 0, 1, 7);

    var report = Laboratory.run(free, new Contender("poco", new PocoVoting(), 5), done -> {});

    assertThat(report.costPerResult()).isZero();
    assertThat(report.liarIncome()).isNegative();
    assertThat(0.8 * report.honestIncome() + 0.2 * report.liarIncome()).isCloseTo(0, within(0.01));
  }

  @Test
  void waitsGrowWithTheLoad() {
    var quiet = new Experiment(steady(200), 5_000, 0.1, 1, 0.3, 7);
    var busy = new Experiment(steady(200), 5_000, 0.5, 1, 0.3, 7);
    var contender = new Contender("first-to-2", new FirstMajority(2), 1);

    assertThat(Laboratory.run(busy, contender, done -> {}).meanWait())
        .isGreaterThan(1.2 * Laboratory.run(quiet, contender, done -> {}).meanWait());
  }

  @Test
  void theSeedDecidesEverything() {
    var first = run(steady(100), 2_000, CREDIBLE, 1);

    assertThat(run(steady(100), 2_000, CREDIBLE, 1)).isEqualTo(first);
    var other = new Experiment(steady(100), 2_000, 0.1, 1, 0.3, 8);
    assertThat(Laboratory.run(other, new Contender("credibility", CREDIBLE, 1), done -> {}))
        .isNotEqualTo(first);
  }

  @Test
  void tasksEndOrAreCountedWhenNobodyIsLeft() {
    var liarsOnly = new Population(20, 1, 1, false, 0, 0, false);

    for (var method : List.of(new SpotChecking(1), new FirstMajority(2), new PocoVoting())) {
      var report = run(liarsOnly, 200, method, 3);
      assertThat(report.accepted() + report.unfinished()).isEqualTo(200);
      assertThat(report.unfinished()).isPositive();
    }
  }

  @Test
  void newcomersTakeThePlaceOfThoseWhoLeave() {
    var restless = new Population(100, 0.2, 1, true, 0, 0.05, false);

    var report = run(restless, 10_000, new SpotChecking(0.1), 1);

    assertThat(report.liarsBanned()).isGreaterThan(20);
    assertThat(report.unfinished()).isZero();
  }

  private static Population steady(int workers) {
    return new Population(workers, 0.2, 1, true, 0, 0, false);
  }

  private static Report run(
      Population population, int tasks, CertificationMethod method, long trust) {
    var experiment = new Experiment(population, tasks, 0.1, 1, 0.3, 7);
    return Laboratory.run(experiment, new Contender(method.name(), method, trust), done -> {});
  }

  private static double threeErrors(double share, int samples) {
    return 3 * Math.sqrt(share * (1 - share) / samples);
  }
}
