package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ruche.core.FailureCode;
import io.ruche.scheduler.Command.Assign;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several idle machines gets a task. */
class RankTest {
  private static final double GIGA = 1e9;

  private final PoolFixture pool = new PoolFixture();

  @Test
  void reliabilityDecidesBeforeDataAndDataBeforeSpeed() {
    var failing = Rank.of(1, 2, 8 * GIGA);
    var withData = Rank.of(0, 1, GIGA);
    var fast = Rank.of(0, 0, 8 * GIGA);
    var slow = Rank.of(0, 0, GIGA);

    assertThat(List.of(failing, slow, fast, withData).stream().sorted())
        .containsExactly(withData, fast, slow, failing);
  }

  @Test
  void smallDifferencesDoNotCount() {
    assertThat(Rank.of(0.4, 0, 4.1 * GIGA)).isEqualByComparingTo(Rank.of(0, 0, 4.2 * GIGA));
    assertThat(Rank.of(0, 0, 4.1 * GIGA)).isLessThan(Rank.of(0, 0, 2 * GIGA));
  }

  @Test
  void aFailureCountsHalfAfterItsHalfLife() {
    var record = new TrackRecord();
    record.failed(Instant.EPOCH);
    record.failed(Instant.EPOCH);

    assertThat(record.failuresLately(Instant.EPOCH)).isEqualTo(2);
    assertThat(record.failuresLately(Instant.EPOCH.plus(TrackRecord.HALF_LIFE)))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aTaskGoesToTheMachineThatRanItsAppLately() {
    pool.join(1);
    var first = pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 1), "WASM");
    pool.contribute(1, first.taskId(0), digest("a"));
    pool.join(2);
    pool.beat(1, 4);

    pool.openDeal(1, 1);

    assertThat(only(Assign.class, pool.said))
        .last()
        .extracting(Assign::worker)
        .isEqualTo(worker(1));
  }

  @Test
  void aTaskGoesToTheMachineThatDidNotFailLately() {
    pool.join(1);
    var first = pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 1), "WASM");
    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(first.taskId(0), 1), FailureCode.INFRASTRUCTURE, 0, "disk"));
    pool.beat(1, 4);
    pool.on(new ChainEvent.TaskClaimed(first.taskId(0)));
    pool.join(2);
    pool.beat(2, 4);

    var given = pool.openDeal(1, 1);

    assertThat(one(
            Assign.class,
            only(Assign.class, pool.said).stream()
                .filter(assign -> assign.deal().equals(given.id()))
                .map(Command.class::cast)
                .toList()))
        .extracting(Assign::worker)
        .isEqualTo(worker(2));
  }
}
