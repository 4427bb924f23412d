package io.ruche.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.DealId;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Phase;
import io.ruche.scheduler.TaskView;
import io.ruche.scheduler.TaskView.AttemptView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolPictureTest {
  @Test
  void runsThatAreCountedOrOverAreNotUnderWay() {
    var row = PoolPicture.Row.of(taskOf(
        "ASSIGNED", "ASSIGNED", "COMMITTED", "CONTRIBUTED", "FAILED", "CERTIFYING", "DROPPED"));

    assertThat(row.tries()).isEqualTo(7);
    assertThat(row.runs()).isEqualTo(3);
  }

  private static TaskView taskOf(String... states) {
    var attempts = Stream.of(states).map(PoolPictureTest::attempt).toList();
    return new TaskView(
        TaskId.of(new byte[32]),
        DealId.of(new byte[32]),
        0,
        "running",
        TaskStatus.ACTIVE,
        Instant.EPOCH,
        Instant.EPOCH,
        attempts,
        List.of(),
        null);
  }

  private static AttemptView attempt(String state) {
    return new AttemptView(
        1,
        Address.ZERO,
        Address.ZERO,
        state,
        Phase.RUNNING,
        false,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        "");
  }
}
