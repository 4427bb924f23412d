package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.certify.AdaptiveReplication;
import io.ruche.certify.CertificationMethod;
import io.ruche.certify.CredibilityVoting;
import io.ruche.certify.WorkerRecord;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Salt;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Authorize;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.WorkerEvent.Committed;
import io.ruche.scheduler.WorkerEvent.Opened;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BeliefTest {
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));
  private static final WorkerRecord CHECKED = new WorkerRecord(10, 0, 0, 0);
  private static final WorkerRecord STEADY = new WorkerRecord(0, 1_000_000, 0, 0);

  /** Four unknown workers are as good as 99 in 100, and one that passed ten checks. */
  private static PoolFixture credible(double checkRate) {
    return pool(new CredibilityVoting(0.99, 0.2, checkRate));
  }

  private static PoolFixture pool(CertificationMethod method) {
    var policy = new MethodCertification(method, digest("secret"));
    return new PoolFixture(SchedulerPolicy.defaults().withCertification(policy));
  }

  private static void join(PoolFixture pool, int workers) {
    IntStream.rangeClosed(1, workers).forEach(pool::join);
  }

  private static TaskId open(PoolFixture pool) {
    return pool.openDeal(1, 1).taskId(0);
  }

  /** The worker ends the run that it was given of this task. */
  private static List<Command> ran(PoolFixture pool, int number, TaskId task, String result) {
    var id = only(Assign.class, pool.said).stream()
        .filter(assign -> assign.worker().equals(worker(number)))
        .map(Assign::attempt)
        .filter(attempt -> attempt.task().equals(task))
        .reduce((first, second) -> second)
        .orElseThrow();
    var commit = ContributionHashes.offChainCommit(digest(result), SALT);
    var commands = new ArrayList<>(pool.on(new Committed(worker(number), id, commit)));
    commands.addAll(pool.on(new Opened(worker(number), id, digest(result), SALT)));
    return commands;
  }

  private static void know(PoolFixture pool, int number, WorkerRecord record) {
    pool.journal.add(new Fact.WorkerRecorded(worker(number), record));
    pool.restart();
  }

  private static List<Fact> distrusted(PoolFixture pool) {
    return pool.journal.stream().filter(Fact.WorkerDistrusted.class::isInstance).toList();
  }

  @Test
  void nobodyIsAuthorisedBeforeTheGroupIsBelieved() {
    var pool = credible(0);
    join(pool, 6);
    var task = open(pool);
    assertThat(only(Assign.class, pool.said))
        .hasSize(4)
        .allMatch(assign -> assign.release() == Release.AFTER_RESULT && !assign.isAuthorized());

    for (int number = 1; number <= 3; number++) {
      assertThat(ran(pool, number, task, "a")).isEmpty();
    }
    var upload = one(RequestUpload.class, ran(pool, 4, task, "a"));
    var leave = one(Authorize.class, pool.store(upload, ""));

    assertThat(leave.worker()).isEqualTo(worker(1));
    assertThat(pool.journal)
        .contains(new Fact.AttemptJudged(
            new AttemptId(task, 2), worker(2), new WorkerRecord(0, 1, 0, 1)));
  }

  @Test
  void whoIsOutvotedIsNotAuthorisedAndGetsNoMoreWork() {
    var pool = credible(0);
    join(pool, 8);
    var task = open(pool);
    ran(pool, 1, task, "lie");
    for (int number = 2; number <= 5; number++) {
      assertThat(only(RequestUpload.class, ran(pool, number, task, "a"))).isEmpty();
    }
    assertThat(only(Assign.class, pool.said)).hasSize(6);

    var commands = ran(pool, 6, task, "a");

    assertThat(one(Abort.class, commands).machine()).isEqualTo(worker(1));
    assertThat(one(RequestUpload.class, commands).machine()).isEqualTo(worker(2));
    assertThat(distrusted(pool))
        .containsExactly(new Fact.WorkerDistrusted(worker(1), new AttemptId(task, 1)));
    pool.said.clear();
    pool.openDeal(1, 4);
    assertThat(only(Assign.class, pool.said))
        .isNotEmpty()
        .noneMatch(assign -> assign.worker().equals(worker(1)));
  }

  @Test
  void aCheckedWorkerIsBelievedAloneAndASpareRunChecksTheNext() {
    var pool = credible(1);
    know(pool, 1, CHECKED);
    join(pool, 2);
    var task = open(pool);
    assertThat(only(Assign.class, pool.said)).extracting(Assign::worker).hasSize(2);

    assertThat(ran(pool, 1, task, "a")).isEmpty();
    var commands = ran(pool, 2, task, "a");

    assertThat(one(RequestUpload.class, commands).machine()).isEqualTo(worker(1));
    assertThat(pool.journal)
        .contains(new Fact.AttemptJudged(
            new AttemptId(task, 2), worker(2), new WorkerRecord(1, 0, 0, 0)));
  }

  @Test
  void whoFailsACheckIsFoundOut() {
    var pool = credible(1);
    know(pool, 1, CHECKED);
    join(pool, 2);
    var task = open(pool);
    ran(pool, 1, task, "a");

    var commands = ran(pool, 2, task, "lie");

    assertThat(one(Abort.class, commands).machine()).isEqualTo(worker(2));
    assertThat(one(RequestUpload.class, commands).digest()).isEqualTo(digest("a"));
    assertThat(distrusted(pool)).hasSize(1);
  }

  @Test
  void aCheckThatNeverEndsDoesNotHoldTheTaskForEver() {
    var pool = credible(1);
    know(pool, 1, CHECKED);
    join(pool, 2);
    var task = open(pool);
    ran(pool, 1, task, "a");

    pool.pass(Duration.ofMinutes(30));

    assertThat(only(RequestUpload.class, pool.said))
        .isNotEmpty()
        .allMatch(upload -> upload.digest().equals(digest("a")));
  }

  @Test
  void atTheLastCallTheMostFrequentResultHasToDoAndNobodyIsJudged() {
    var pool = credible(0);
    join(pool, 3);
    var task = open(pool);
    ran(pool, 1, task, "lie");
    ran(pool, 2, task, "a");
    ran(pool, 3, task, "a");
    assertThat(only(RequestUpload.class, pool.said)).isEmpty();

    pool.pass(PoolFixture.CATEGORY.contributionTime().minusSeconds(25));

    assertThat(only(RequestUpload.class, pool.said).getFirst().digest()).isEqualTo(digest("a"));
    assertThat(distrusted(pool)).isEmpty();
  }

  @Test
  void withoutChecksNoSpareRunIsGivenOut() {
    var pool = credible(0);
    know(pool, 1, CHECKED);
    join(pool, 2);
    var task = open(pool);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
    assertThat(only(RequestUpload.class, ran(pool, 1, task, "a"))).hasSize(1);
  }

  @Test
  void recordsAndBeliefOutliveARestart() {
    var pool = credible(0);
    join(pool, 6);
    var task = open(pool);
    ran(pool, 1, task, "lie");
    for (int number = 2; number <= 6; number++) {
      ran(pool, number, task, "a");
    }
    assertThat(distrusted(pool)).hasSize(1);

    var before = pool.engine.snapshot();
    pool.restart();

    assertThat(pool.engine.snapshot()).isEqualTo(before);
    assertThat(before)
        .contains(new Fact.WorkerRecorded(worker(2), new WorkerRecord(0, 1, 0, 1)))
        .contains(new Fact.WorkerRecorded(worker(1), new WorkerRecord(0, 0, 1, 0)))
        .anyMatch(Fact.ResultBelieved.class::isInstance);
  }

  @Test
  void theNextOfTheGroupDeliversWhereTheFirstDoesNot() {
    var pool = credible(0);
    join(pool, 4);
    var task = open(pool);
    for (int number = 1; number <= 4; number++) {
      ran(pool, number, task, "a");
    }
    pool.said.clear();

    pool.pass(pool.policy.uploadPatience().plusSeconds(1));

    assertThat(one(RequestUpload.class, pool.said).machine()).isEqualTo(worker(2));
  }

  @Test
  void adaptiveTakesOneRunOfASteadyWorkerAndTwoOfOthers() {
    var steady = pool(new AdaptiveReplication(10));
    know(steady, 1, STEADY);
    join(steady, 3);
    var task = open(steady);
    assertThat(only(Assign.class, steady.said)).hasSize(1);
    assertThat(only(RequestUpload.class, ran(steady, 1, task, "a"))).hasSize(1);

    var fresh = pool(new AdaptiveReplication(10));
    join(fresh, 3);
    open(fresh);
    assertThat(only(Assign.class, fresh.said)).hasSize(2);
  }

  @Test
  void dealsThatAskForTrustAreVotedOn() {
    var pool = credible(0);
    join(pool, 4);

    pool.openDeal(3, 1);

    assertThat(only(Assign.class, pool.said))
        .hasSize(2)
        .allMatch(assign -> assign.release() == Release.WITH_WORK && assign.isAuthorized());
  }

  @Test
  void chancesDependOnTheSecretAndAreSpreadEvenly() {
    var one = new MethodCertification(new AdaptiveReplication(10), digest("one"));
    var other = new MethodCertification(new AdaptiveReplication(10), digest("other"));
    var tasks = IntStream.range(0, 1_000)
        .mapToObj(index -> TaskId.of(digest("deal " + index).bytes()))
        .toList();

    assertThat(tasks).noneMatch(task -> one.draw(task) == other.draw(task));
    assertThat(tasks.stream().mapToDouble(one::draw).average().orElse(0)).isBetween(0.45, 0.55);
    assertThat(tasks).allMatch(task -> one.draw(task) >= 0 && one.draw(task) < 1);
  }
}
