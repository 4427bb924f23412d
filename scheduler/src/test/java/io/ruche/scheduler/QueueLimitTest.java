package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Cancel;
import io.ruche.scheduler.Command.CertifyFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders that say how long their tasks may wait for a machine. */
class QueueLimitTest {
  private final PoolFixture pool = new PoolFixture();

  private TaskId waiting(int queueSeconds) {
    var params = "{\"ruche\":{\"limits\":{\"queueSeconds\":%d}}}".formatted(queueSeconds);
    return pool.openDeal(deal(1, 1, params, Address.ZERO), "WASM").taskId(0);
  }

  private CancelState state(TaskId task) {
    return pool.engine.cancelState(task, pool.now);
  }

  @Test
  void aTaskThatNobodyWasGivenInTimeIsCancelled() {
    var task = waiting(60);
    pool.pass(Duration.ofSeconds(59));
    assertThat(state(task)).isEqualTo(new CancelState.Possible());

    pool.pass(Duration.ofSeconds(1));
    assertThat(state(task)).isInstanceOf(CancelState.Stopping.class);
    pool.restart();
    pool.join(1);
    pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH));

    var assign = one(Assign.class, pool.said);
    assertThat(assign.cancellation())
        .isEqualTo(Cancellation.ofQueue(PoolFixture.START.plusSeconds(60)));
    pool.on(new WorkerEvent.Failed(worker(1), assign.attempt(), FailureCode.CANCELLED, 0, ""));
    assertThat(only(CertifyFailure.class, pool.said)).hasSize(1);
  }

  @Test
  void aTaskThatSomebodyWasGivenInTimeGoesOn() {
    pool.join(1);
    var task = waiting(60);

    pool.pass(Duration.ofSeconds(61));

    assertThat(state(task)).isEqualTo(new CancelState.Possible());
    assertThat(only(Cancel.class, pool.said)).isEmpty();
  }

  @Test
  void aWorkerThatDoesNotKnowTheOrdersWordIsNotAskedToObeyIt() {
    var task = waiting(60);
    pool.pass(Duration.ofSeconds(60));

    pool.join(1, new WorkerOffer(4, 4096, 100_000, List.of("WASM"), true, 0, null));

    assertThat(only(Assign.class, pool.said)).isEmpty();
    assertThat(pool.engine.explain(task, pool.now).reasons())
        .contains(new Reason.CannotCancel(worker(1)));
  }
}
