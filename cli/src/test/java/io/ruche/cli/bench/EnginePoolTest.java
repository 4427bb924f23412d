package io.ruche.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark runs what it says: whole lives of tasks, with the queue kept full. */
class EnginePoolTest {
  @Test
  void tasksRunToTheirEndAndAreReplaced() {
    var pool = new EnginePool(10, 2_000);

    long nanos = pool.run(3_500);

    assertThat(nanos).isPositive();
    assertThat(pool.waiting()).isBetween(1_000L, 2_000L);
  }

  @Test
  void moreMachinesThanTasksAreNoTrouble() {
    var pool = new EnginePool(50, 10);

    assertThat(pool.run(10)).isPositive();
    assertThat(pool.run(100)).isPositive();
  }
}
