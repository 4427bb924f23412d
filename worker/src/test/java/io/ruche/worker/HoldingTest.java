package io.ruche.worker;

import static io.ruche.worker.Bench.DIGEST;
import static io.ruche.worker.Bench.LEAVE;
import static io.ruche.worker.Bench.SETTLEMENT;
import static io.ruche.worker.Bench.TX;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskId;
import org.junit.jupiter.api.Test;

/** How many attempts a worker holds that the pool has not let go of. */
class HoldingTest {
  private final Bench bench = new Bench();

  @Test
  void settledOnesDoNotKeepOthersOut() {
    for (int i = 0; i < WorkerPolicy.MAX_HELD + 5; i++) {
      settle(id(i));
    }

    assertThat(bench.engine.heldCount()).isEqualTo(WorkerPolicy.MAX_HELD + 5);
    assertThat(bench.on(new Event.HeartbeatDue())).first().satisfies(report -> {
      var heartbeat = (Command.Heartbeat) report;
      assertThat(heartbeat.freeSlots()).isEqualTo(2);
      assertThat(heartbeat.running()).hasSize(WorkerPolicy.MAX_HELD);
    });
  }

  @Test
  void whatIsNotSettledIsToldFirst() {
    for (int i = 0; i < WorkerPolicy.MAX_HELD; i++) {
      settle(id(i));
    }
    var open = id(5_000);
    bench.on(Bench.assignedAfterResult(open));

    var heartbeat = (Command.Heartbeat) bench.on(new Event.HeartbeatDue()).getFirst();

    assertThat(heartbeat.running()).hasSize(WorkerPolicy.MAX_HELD);
    assertThat(heartbeat.running().getFirst().id()).isEqualTo(open);
  }

  @Test
  void settledOnesAreBoundedToo() {
    for (int i = 0; i < WorkerPolicy.MAX_SETTLED; i++) {
      settle(id(i));
    }

    assertThat(bench.on(Bench.assignedAfterResult(id(5_000))))
        .hasOnlyElementsOfType(Command.Refused.class);

    bench.on(new Event.Done(id(0), "COMPLETED"));
    assertThat(bench.on(Bench.assignedAfterResult(id(5_001))))
        .hasOnlyElementsOfType(Command.Verify.class);
  }

  @Test
  void openOnesAreBoundedAsBefore() {
    for (int i = 0; i < WorkerPolicy.MAX_HELD; i++) {
      commit(id(i));
    }

    assertThat(bench.on(Bench.assignedAfterResult(id(5_000))))
        .hasOnlyElementsOfType(Command.Refused.class);
  }

  private void commit(AttemptId id) {
    bench.on(new Event.Connected(), Bench.assignedAfterResult(id));
    bench.on(new Event.Verified(id, Bench.terms()), new Event.Fetched(id));
    bench.on(new Event.RunFinished(id, DIGEST));
  }

  private void settle(AttemptId id) {
    commit(id);
    bench.on(new Event.Authorized(id, LEAVE, SETTLEMENT), new Event.ContributionMined(id, TX));
  }

  private static AttemptId id(int number) {
    return new AttemptId(new TaskId("0x%064x".formatted(number + 1)), 1);
  }
}
