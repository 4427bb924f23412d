package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Salt;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Authorize;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitRoundTest {
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));

  private final PoolFixture pool =
      new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.AFTER_COMMIT));

  private List<Command> commit(int number, TaskId task, String result) {
    return pool.on(new WorkerEvent.Committed(
        worker(number),
        new AttemptId(task, number),
        ContributionHashes.offChainCommit(digest(result), SALT)));
  }

  private TaskId twoRunning() {
    pool.join(1);
    pool.join(2);
    return pool.openDeal(3, 1).taskId(0);
  }

  @Test
  void nobodyMayContributeBeforeAllHaveCommitted() {
    var task = twoRunning();
    assertThat(only(Assign.class, pool.said)).noneMatch(Assign::isAuthorized);

    var first = commit(1, task, "a");
    var second = commit(2, task, "a");

    assertThat(only(Authorize.class, first)).isEmpty();
    assertThat(only(Authorize.class, second))
        .extracting(Authorize::worker)
        .containsExactly(worker(1), worker(2));
  }

  @Test
  void aWorkerThatNeverCommitsIsReplacedBeforeTheRoundEnds() {
    var task = twoRunning();
    commit(1, task, "a");
    pool.join(3);
    pool.on(new WorkerEvent.Left(worker(2)));

    pool.pass(pool.policy.reconnectGrace());

    assertThat(only(Authorize.class, pool.said)).isEmpty();
    assertThat(only(Assign.class, pool.said))
        .last()
        .satisfies(assign -> assertThat(assign.worker()).isEqualTo(worker(3)));
    assertThat(only(Authorize.class, commit(3, task, "a"))).hasSize(2);
  }

  @Test
  void theCommitIsAFactBeforeTheAuthorizationLeaves() {
    var task = twoRunning();
    commit(1, task, "a");
    commit(2, task, "a");

    assertThat(pool.journal)
        .contains(new Fact.AttemptAuthorized(new AttemptId(task, 1)))
        .anyMatch(f -> f instanceof Fact.AttemptCommitted c && c.attempt().number() == 1);
  }

  @Test
  void anAuthorizationWithoutEffectIsSentAgain() {
    var task = twoRunning();
    commit(1, task, "a");
    commit(2, task, "a");

    var commands = pool.pass(pool.policy.resendAfter());

    assertThat(only(Authorize.class, commands))
        .extracting(Authorize::worker)
        .containsExactly(worker(1), worker(2));
  }

  @Test
  void aWorkerThatContributesAnotherDigestThanItCommittedToGetsNoMoreWork() {
    var task = twoRunning();
    commit(1, task, "a");
    commit(2, task, "a");

    pool.contribute(1, task, digest("b"));
    pool.on(new WorkerEvent.Opened(worker(1), new AttemptId(task, 1), digest("a"), SALT));

    assertThat(pool.journal).contains(new Fact.WorkerDistrusted(worker(1), new AttemptId(task, 1)));
    var other = pool.openDeal(1, 1).taskId(0);
    assertThat(pool.engine.task(other).orElseThrow().attempts())
        .extracting(TaskView.AttemptView::worker)
        .doesNotContain(worker(1));
  }

  @Test
  void anHonestOpeningIsBelieved() {
    var task = twoRunning();
    commit(1, task, "a");
    commit(2, task, "a");
    pool.contribute(1, task, digest("a"));

    pool.on(new WorkerEvent.Opened(worker(1), new AttemptId(task, 1), digest("a"), SALT));

    assertThat(pool.journal).noneMatch(fact -> fact instanceof Fact.WorkerDistrusted);
  }
}
