package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Category;
import io.ruche.link.FromPool;
import io.ruche.scheduler.selling.Offerable;
import io.ruche.scheduler.selling.Offerable.Limit;
import io.ruche.server.ScriptedWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pool with machines and deals has left to sell. */
class PoolSellingTest {
  /** Of the deals that the hub in memory makes. */
  private static final Category CATEGORY = new Category(0, "", "", Duration.ofMinutes(5));

  private static final int SLOTS = 2;

  /** Window and runs of five minutes: (7 - 2) for each slot, less the margin at the deadline. */
  private static final long FREE = SLOTS * 5 - 1;

  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aPoolSellsWhatItsMachinesCanDoBesideWhatIsSold() throws Exception {
    fixture = PoolFixture.start(folder, chain);
    assertThat(offerable()).isEqualTo(new Offerable(0, 0, Limit.NO_WORKER));
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), SLOTS)) {
      assertThat(offerable()).isEqualTo(new Offerable(0, FREE, Limit.SOLD_OUT));

      chain.buy(3, 1);
      worker.await(FromPool.Assign.class);

      assertThat(offerable()).isEqualTo(new Offerable(0, FREE - 3, Limit.SOLD_OUT));
    }
  }

  private Offerable offerable() {
    return fixture.pool().offerable(List.of(CATEGORY), 1, 1_000_000, 100).getFirst();
  }
}
