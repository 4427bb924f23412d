package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Command.Assign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that machines do not survive, and one that a machine failed. */
class KillerTest {
  private static final WorkerOffer ONE_SLOT = new WorkerOffer(1, 4096, 1, List.of("WASM"));

  private final PoolFixture pool = new PoolFixture();

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }

  /** The machine takes the task, begins to run it, and is never heard of again. */
  private void isKilledBy(TaskId task, int number, Phase phase) {
    pool.join(number, ONE_SLOT);
    var attempt = only(Assign.class, pool.said).getLast().attempt();
    assertThat(attempt.task()).isEqualTo(task);
    pool.on(new WorkerEvent.Progressed(worker(number), attempt, phase, ""));
    pool.on(new WorkerEvent.Left(worker(number)));
    pool.pass(pool.policy.reconnectGrace());
  }

  @Test
  void itIsGivenOutNoMoreAfterItKilledSeveralMachines() {
    var task = pool.openDeal(1, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }
    pool.said.clear();

    pool.join(20, ONE_SLOT);

    assertThat(only(Assign.class, pool.said)).isEmpty();
    assertThat(why(task))
        .contains(new Reason.KillsMachines(PoolTask.MAX_KILLED_AT_ONCE, halfTime()));
  }

  @Test
  void whenHalfOfTheTimeIsOverItIsTriedOnceMoreByOneMachineAtATime() {
    var task = pool.openDeal(5, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }
    pool.join(20, ONE_SLOT);
    pool.join(21, ONE_SLOT);
    pool.said.clear();

    pool.pass(Duration.between(pool.now, halfTime()));

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void afterTwiceAsManyItIsGivenOutNoMore() {
    var task = pool.openDeal(1, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }
    pool.pass(Duration.between(pool.now, halfTime()));
    for (int number = PoolTask.MAX_KILLED_AT_ONCE + 1; number <= PoolTask.MAX_KILLED; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }
    pool.said.clear();

    pool.join(30, ONE_SLOT);

    assertThat(only(Assign.class, pool.said)).isEmpty();
    assertThat(why(task)).contains(new Reason.KillsMachines(PoolTask.MAX_KILLED, Instant.MAX));
  }

  /** Of the time to contribute, less the margin before its end. */
  private Instant halfTime() {
    var time = PoolFixture.CATEGORY.contributionTime().minus(pool.policy.deadlineMargin());
    return PoolFixture.START.plus(time.dividedBy(2));
  }

  @Test
  void thisIsStillKnownAfterARestart() {
    var task = pool.openDeal(1, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }
    var snapshot = pool.engine.snapshot();
    pool.journal.clear();
    pool.journal.addAll(snapshot);
    pool.restart();
    pool.on(PoolFixture.observed(task, TaskStatus.ACTIVE, Instant.EPOCH));
    pool.said.clear();

    pool.join(20, ONE_SLOT);

    assertThat(only(Assign.class, pool.said)).isEmpty();
  }

  @Test
  void machinesThatWereLostBeforeTheirRunBeganSayNothingAgainstIt() {
    var task = pool.openDeal(1, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.FETCHING);
    }
    pool.said.clear();

    pool.join(20, ONE_SLOT);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aMachineThatComesBackWithItsRunClearsTheTask() {
    var task = pool.openDeal(1, 1).taskId(0);
    for (int number = 1; number <= PoolTask.MAX_KILLED_AT_ONCE; number++) {
      isKilledBy(task, number, Phase.RUNNING);
    }

    pool.rejoin(3, ONE_SLOT);
    pool.beat(3, 0, new WorkerEvent.Running(new AttemptId(task, 3), Phase.RUNNING));

    assertThat(pool.engine.task(task).orElseThrow().attempts().get(2).state())
        .isEqualTo("ASSIGNED");
    assertThat(why(task)).noneMatch(reason -> reason instanceof Reason.KillsMachines);
  }

  @Test
  void whoFailedATaskDoesNotGetItAgainWhileAnotherMachineHasNotTried() {
    pool.join(1, ONE_SLOT);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.join(2, ONE_SLOT);
    pool.beat(2, 0);
    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(task, 1), FailureCode.INFRASTRUCTURE, 0, "disk"));

    pool.pass(pool.policy.failureWait().multipliedBy(10));
    var toTheSame = only(Assign.class, pool.beat(1, 1));
    var toTheOther = only(Assign.class, pool.beat(2, 1));

    assertThat(toTheSame).isEmpty();
    assertThat(toTheOther).hasSize(1);
  }

  @Test
  void whoFailedItGetsItAgainBeforeItIsLost() {
    pool.join(1, ONE_SLOT);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.join(2, ONE_SLOT);
    pool.beat(2, 0);
    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(task, 1), FailureCode.INFRASTRUCTURE, 0, "disk"));

    pool.pass(PoolFixture.CATEGORY.contributionTime().dividedBy(2));

    assertThat(only(Assign.class, pool.beat(1, 1))).hasSize(1);
  }
}
