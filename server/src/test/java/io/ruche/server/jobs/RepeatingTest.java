package io.ruche.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatingTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final long PATIENCE_SECONDS = 20;

  private final Semaphore turns = new Semaphore(0);

  private boolean hasTurned() throws InterruptedException {
    return turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void whoAsksNeedNotWaitAlsoWhenTheJobHasNotBegun() throws Exception {
    try (var job = new Repeating("test", NEVER, Duration.ZERO)) {
      job.soon();
      job.start(turns::release);

      assertThat(hasTurned()).isTrue();
      job.soon();
      assertThat(hasTurned()).isTrue();
    }
  }

  @Test
  void thoseWhoAskDuringThePauseShareATurn() throws Exception {
    try (var job = new Repeating("test", NEVER, NEVER)) {
      job.start(turns::release);
      job.soon();
      assertThat(hasTurned()).isTrue();

      job.soon();
      job.soon();

      assertThat(turns.tryAcquire()).isFalse();
    }
  }

  @Test
  void aJobThatFailsIsDoneAgain() throws Exception {
    try (var _ = Repeating.start("test", Duration.ofMillis(1), () -> {
      turns.release();
      throw new RucheException("NODE_DOWN", "no answer.", "", true);
    })) {
      assertThat(hasTurned()).isTrue();
      assertThat(hasTurned()).isTrue();
    }
  }
}
