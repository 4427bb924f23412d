package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Cancellation;
import io.ruche.core.FailureCode;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Assign;
import org.junit.jupiter.api.Test;

class CancelBudgetTest {
  private static final Cancellation WORD =
      new Cancellation(PoolFixture.START, new Signature("0x" + "2c".repeat(65)));

  private final PoolFixture pool = new PoolFixture();

  private void cancel(TaskId task) {
    pool.on(new ShellEvent.CancelAsked(task, PoolFixture.address(904), WORD));
  }

  private void stopped(int number, TaskId task) {
    var attempt = pool.engine.task(task).orElseThrow().attempts().stream()
        .filter(one -> one.worker().equals(worker(number)))
        .map(one -> new AttemptId(task, one.number()))
        .findFirst()
        .orElseThrow();
    pool.on(new WorkerEvent.Failed(worker(number), attempt, FailureCode.CANCELLED, 0, ""));
  }

  /** Somebody with leave is silent, so nobody can be asked to say so before the patience ends. */
  @Test
  void whoOnlySaysThatItWasCancelledUsesUpNoRun() {
    pool.join(1);
    pool.join(2);
    var task = pool.openDeal(3, 1).taskId(0);
    cancel(task);
    pool.on(new WorkerEvent.Left(worker(1)));
    int most = pool.policy.maxAttempts();
    for (int number = 2; number <= most + 1; number++) {
      stopped(number, task);
      pool.on(new WorkerEvent.Left(worker(number)));
      cancel(task);
      pool.join(number + 1);
    }
    assertThat(pool.engine.task(task).orElseThrow().attempts()).hasSizeGreaterThan(most);

    pool.pass(pool.policy.reconnectGrace().plus(pool.policy.workerLostAfter()));
    assertThat(pool.journal).hasAtLeastOneElementOfType(Fact.CancelOvertaken.class);
    pool.said.clear();
    pool.join(most + 3);

    assertThat(one(Assign.class, pool.said).cancellation()).isNull();
  }
}
