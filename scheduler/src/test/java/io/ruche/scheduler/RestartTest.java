package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.revealed;
import static io.ruche.scheduler.PoolFixture.vote;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Done;
import io.ruche.scheduler.Command.Finalize;
import io.ruche.scheduler.Command.Initialize;
import io.ruche.scheduler.Command.Observe;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.Command.Reveal;
import io.ruche.scheduler.WorkerEvent.Running;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartTest {
  private final PoolFixture pool = new PoolFixture();

  private List<Command> observeActive(TaskId task) {
    return pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH));
  }

  @Test
  void everyOpenTaskIsReadFromTheChainFirst() {
    var deal = pool.openDeal(1, 3);

    var commands = pool.restart();

    assertThat(one(Observe.class, commands).tasks())
        .containsExactlyInAnyOrder(deal.taskId(0), deal.taskId(1), deal.taskId(2));
    assertThat(only(Initialize.class, commands)).isEmpty();
  }

  @Test
  void aRunThatWentOnMeanwhileIsNotGivenOutAgain() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.restart();
    pool.join(2);
    observeActive(task);

    pool.rejoin(1, PoolFixture.OFFER);
    pool.beat(1, 3, new Running(new AttemptId(task, 1), Phase.RUNNING));
    pool.pass(pool.policy.workerLostAfter());

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aRunWhoseWorkerDoesNotComeBackIsGivenOutAgain() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.restart();
    observeActive(task);
    pool.pass(pool.policy.workerLostAfter().minusSeconds(1));
    pool.join(2);

    var commands = pool.pass(pool.policy.resendAfter());

    assertThat(one(Assign.class, commands).attempt()).isEqualTo(new AttemptId(task, 2));
  }

  @Test
  void aWorkerThatComesBackLateWithAUsefulRunMayGoOn() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.on(new WorkerEvent.Left(worker(1)));
    pool.pass(pool.policy.workerLostAfter());

    pool.rejoin(1, PoolFixture.OFFER);
    var commands = pool.beat(1, 3, new Running(new AttemptId(task, 1), Phase.RUNNING));

    assertThat(only(Assign.class, commands)).isEmpty();
    assertThat(only(Abort.class, commands)).isEmpty();
    assertThat(pool.journal).contains(new Fact.AttemptRevived(new AttemptId(task, 1)));
  }

  @Test
  void logsToldBeforeTheChainIsReadDecideNothing() {
    pool.join(1);
    pool.join(2);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.restart();
    pool.join(1);
    pool.join(2);
    pool.join(3);
    int before = pool.said.size();

    pool.contribute(2, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.reveal(2, task, digest("a"));

    assertThat(pool.said.subList(before, pool.said.size())).isEmpty();
    assertThat(pool.journal).noneMatch(Fact.AttemptDropped.class::isInstance);
  }

  @Test
  void anEndThatWasOnlyReadIsLookedAtAgainBeforeTheTaskIsLetGo() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    var completed = revealed(
        task,
        TaskStatus.COMPLETED,
        pool.now,
        digest("a"),
        vote(1, task, digest("a"), ContributionStatus.PROVED));
    pool.restart();
    pool.on(completed);

    var commands = pool.pass(pool.policy.confirmAfter());

    assertThat(one(Observe.class, commands).tasks()).containsExactly(task);
    assertThat(pool.engine.tasks()).hasSize(1);
    pool.on(completed);
    assertThat(pool.engine.tasks()).isEmpty();
  }

  @Test
  void aTaskThatTheChainDoesNotAnswerAboutIsAskedAgain() {
    var task = pool.openDeal(1, 1).taskId(0);
    pool.restart();

    var commands = pool.pass(pool.policy.resendAfter());

    assertThat(one(Observe.class, commands).tasks()).containsExactly(task);
  }

  @Test
  void theRevealStageGoesOnFromWhatTheChainShows() {
    pool.join(1);
    pool.join(2);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.restart();
    pool.join(1);
    pool.join(2);

    var commands = pool.on(observed(
        task,
        TaskStatus.REVEALING,
        pool.now.plusSeconds(600),
        vote(1, task, digest("a"), ContributionStatus.CONTRIBUTED),
        vote(2, task, digest("a"), ContributionStatus.CONTRIBUTED)));

    assertThat(only(Reveal.class, commands))
        .extracting(Reveal::attempt)
        .containsExactly(new AttemptId(task, 1), new AttemptId(task, 2));
  }

  @Test
  void aStoredResultIsNotAskedForAgain() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.store(one(RequestUpload.class, pool.reveal(1, task, digest("a"))), "");
    pool.restart();
    int before = only(RequestUpload.class, pool.said).size();

    var observation = new ChainEvent.TaskObserved(
        revealed(
                task,
                TaskStatus.REVEALING,
                pool.now.plusSeconds(600),
                digest("a"),
                vote(1, task, digest("a"), ContributionStatus.PROVED))
            .task(),
        List.of(vote(1, task, digest("a"), ContributionStatus.PROVED)));
    var commands = pool.on(observation);

    assertThat(only(Finalize.class, commands)).hasSize(1);
    assertThat(only(RequestUpload.class, pool.said)).hasSize(before);
  }

  @Test
  void aSettledDealLeavesNothingInTheSnapshot() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.on(new ChainEvent.TaskFinalized(task));
    pool.pass(pool.policy.confirmAfter());

    assertThat(pool.engine.snapshot()).isEmpty();
    assertThat(only(Observe.class, pool.restart())).isEmpty();
  }

  @Test
  void aSnapshotRestoresWhatTheJournalDoes() {
    pool.join(1);
    pool.join(2);
    var deal = pool.openDeal(3, 3);
    pool.on(new WorkerEvent.Failed(
        worker(1),
        new AttemptId(deal.taskId(0), 1),
        io.ruche.core.FailureCode.FETCH,
        0,
        "no route"));
    pool.on(new ChainEvent.TaskFinalized(deal.taskId(2)));
    pool.pass(pool.policy.confirmAfter());
    var snapshot = pool.engine.snapshot();

    pool.restart();
    assertThat(pool.engine.snapshot()).isEqualTo(snapshot);

    pool.journal.clear();
    pool.journal.addAll(snapshot);
    pool.restart();
    assertThat(pool.engine.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void aWorkerThatHoldsARunOfASettledTaskMayDropIt() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.on(new ChainEvent.TaskFinalized(task));
    pool.pass(pool.policy.confirmAfter());
    pool.join(1);

    var commands = pool.beat(1, 3, new Running(new AttemptId(task, 1), Phase.CONTRIBUTED));

    assertThat(one(Done.class, commands).attempt()).isEqualTo(new AttemptId(task, 1));
  }
}
