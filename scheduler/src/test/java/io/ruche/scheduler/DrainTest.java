package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.scheduler.Command.Assign;
import org.junit.jupiter.api.Test;

/** A pool that sells nothing more, by its operator's word. */
class DrainTest {
  private final PoolFixture pool = new PoolFixture();

  @Test
  void aDrainOutlivesARestartAndACompaction() {
    pool.on(new ShellEvent.PoolDrained());
    pool.restart();
    var since = pool.engine.status().drainedSince();

    assertThat(pool.engine.isDrained()).isTrue();
    assertThat(since).isEqualTo(PoolFixture.START);
    assertThat(pool.engine.snapshot()).containsExactly(new Fact.PoolDrained(PoolFixture.START));
  }

  @Test
  void saidAgainItIsNotWrittenAgainAndKeepsItsTime() {
    pool.on(new ShellEvent.PoolResumed());
    pool.on(new ShellEvent.PoolDrained());
    pool.on(new ShellEvent.PoolDrained());

    assertThat(pool.journal).hasSize(1);
  }

  @Test
  void aResumedPoolHasNothingLeftToRemember() {
    pool.on(new ShellEvent.PoolDrained());
    pool.on(new ShellEvent.PoolResumed());
    pool.restart();

    assertThat(pool.engine.isDrained()).isFalse();
    assertThat(pool.engine.snapshot()).isEmpty();
  }

  @Test
  void whatIsSoldIsFinishedAlsoWhenItWasBoughtSince() {
    pool.on(new ShellEvent.PoolDrained());
    pool.join(1);

    pool.openDeal(1, 1);

    assertThat(pool.engine.status().openTasks()).isEqualTo(1);
    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }
}
