package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.server.pool.TaskView.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskUsageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Digest HASH = new Digest("0x" + "0d".repeat(32));
  private static final TaskView TASK = TaskView.unset(new TaskId("0x" + "2a".repeat(32)));

  private static Address worker(int number) {
    return new Address("0x" + "%02x".formatted(number).repeat(20));
  }

  private static TaskView with(TaskView task, int number, @Nullable RunUsage usage) {
    var worker = worker(number);
    return task.with(new Attempt(number, worker, worker, "RUNNING", "", "", NOW, NOW, usage))
        .contributed(worker, HASH, NOW);
  }

  @Test
  void likeFuelOfAllContributorsIsAgreedWithTheShortestTime() {
    var task = with(with(TASK, 1, new RunUsage(7L, 400)), 2, new RunUsage(7L, 300));

    assertThat(task.agreedUsage()).isEqualTo(new RunUsage(7L, 300));
    assertThat(with(task, 3, null).agreedUsage()).isEqualTo(new RunUsage(7L, 300));
  }

  @Test
  void unlikeFuelIsNotAgreed() {
    var task = with(with(TASK, 1, new RunUsage(7L, 400)), 2, new RunUsage(8L, 400));

    assertThat(task.agreedUsage()).isNull();
  }

  @Test
  void onlyProvedWorkersAreBelievedOnceThereAreSome() {
    var task = with(with(TASK, 1, new RunUsage(7L, 400)), 2, new RunUsage(8L, 400));

    assertThat(task.revealed(worker(1), NOW).agreedUsage()).isEqualTo(new RunUsage(7L, 400));
    assertThat(task.judged(worker(1), false, NOW).judged(worker(2), true, NOW).agreedUsage())
        .isEqualTo(new RunUsage(8L, 400));
  }

  @Test
  void aRunWithoutFuelHasItsTime() {
    assertThat(with(TASK, 1, new RunUsage(null, 400)).agreedUsage())
        .isEqualTo(new RunUsage(null, 400));
  }
}
