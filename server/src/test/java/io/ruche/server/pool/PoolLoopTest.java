package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.TaskStatus;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.Phase;
import io.ruche.scheduler.ChainEvent;
import io.ruche.scheduler.Event;
import io.ruche.server.ScriptedWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolLoopTest {
  @TempDir
  Path folder;

  private final FakeChain chain = new FakeChain();
  private PoolFixture fixture;

  @BeforeEach
  void start() {
    fixture = PoolFixture.start(folder, chain);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void eventThatTheEngineFailsOnCostsOnlyItself() {
    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 2)) {
      chain.buy(1, 1);
      var before = worker.await(FromPool.Assign.class);

      fixture.pool.put(poison());
      chain.buy(1, 1);
      var running = List.of(new FromWorker.Running(before.ref(), Phase.RUNNING));
      var after =
          worker.awaitBeating(FromPool.Assign.class, new FromWorker.Heartbeat(1, running, null));

      assertThat(after.deal()).isNotEqualTo(before.deal());
      assertThat(fixture.fatal).isNotDone();
      assertThat(chain.task(before.ref().task()).status()).isEqualTo(TaskStatus.ACTIVE);
    }
  }

  @Test
  void marksRunAfterWhatWasPutBefore() throws Exception {
    var deal = chain.buy(1, 1);
    var seen = new CompletableFuture<Boolean>();

    fixture.pool.afterSync(() -> seen.complete(fixture.pool.board().deal(deal).isPresent()));

    assertThat(seen.get(20, TimeUnit.SECONDS)).isTrue();
  }

  /** An answer of the chain without a task, which cannot come, makes the engine throw. */
  @SuppressWarnings("NullAway")
  private static Event poison() {
    return new ChainEvent.TaskObserved(null, List.of());
  }
}
