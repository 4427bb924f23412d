package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Cancellation;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.CertifyFailure;
import org.junit.jupiter.api.Test;

/** A contract that waits for answers only: whatever the failure, the vote is for no bytes. */
class CancelCallbackTest {
  private static final Address REQUESTER = PoolFixture.address(904);
  private static final Cancellation WORD =
      new Cancellation(PoolFixture.START, new Signature("0x" + "2c".repeat(65)));
  private static final Failure TRAP = new Failure(FailureCode.TRAP, 0);

  private final PoolFixture pool = new PoolFixture();

  /** Of two runs one has trapped, and its vote is on chain. */
  private TaskId trappedOnce() {
    pool.join(1);
    pool.join(2);
    var deal = deal(3, 1, "", PoolFixture.address(77));
    assertThat(deal.callbackKind()).isEqualTo(CallbackKind.ANSWER);
    var task = pool.openDeal(deal, "WASM").taskId(0);
    assertThat(only(Assign.class, pool.said)).hasSize(2);
    pool.contribute(1, task, FailureVote.digest(TRAP, CallbackKind.ANSWER));
    return task;
  }

  private void cancel(TaskId task) {
    pool.on(new ShellEvent.CancelAsked(task, REQUESTER, WORD));
    assertThat(pool.engine.cancelState(task, pool.now)).isInstanceOf(CancelState.Stopping.class);
  }

  @Test
  void aFailureOnChainDoesNotHoldUpATaskThatALostRunOvertakes() {
    var task = trappedOnce();
    pool.on(new WorkerEvent.Left(worker(2)));
    pool.pass(pool.policy.reconnectGrace().plusSeconds(1));
    cancel(task);

    pool.pass(pool.policy.workerLostAfter().plusSeconds(1));
    assertThat(pool.journal)
        .contains(new Fact.CancelOvertaken(pool.engine.task(task).orElseThrow().deal(), 0));
    assertThat(one(Assign.class, pool.join(3)).cancellation()).isNull();
  }

  @Test
  void aRunThatStopsVotesWithIt() {
    var task = trappedOnce();
    cancel(task);

    var certify = pool.on(
        new WorkerEvent.Failed(worker(2), new AttemptId(task, 2), FailureCode.CANCELLED, 0, ""));
    assertThat(one(CertifyFailure.class, certify).failure()).isEqualTo(Canceller.CANCELLED);
  }
}
