package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.ruche.core.FailureCode;
import io.ruche.core.Power;
import io.ruche.core.Power.Source;
import io.ruche.scheduler.Command.Assign;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several idle machines gets a task. */
class RankTest {
  private static final double GIGA = 1e9;
  private static final Power SUN = new Power(Source.SURPLUS, 0);

  private final PoolFixture pool = new PoolFixture();

  @Test
  void reliabilityDecidesBeforeDataAndDataBeforeSpeed() {
    var failing = Rank.of(1, 2, 8 * GIGA, SUN);
    var withData = Rank.of(0, 1, GIGA, Power.UNKNOWN);
    var fast = Rank.of(0, 0, 8 * GIGA, Power.UNKNOWN);
    var slow = Rank.of(0, 0, GIGA, SUN);

    assertThat(List.of(failing, slow, fast, withData).stream().sorted())
        .containsExactly(withData, fast, slow, failing);
  }

  @Test
  void smallDifferencesDoNotCount() {
    assertThat(plain(0.4, 4.1 * GIGA)).isEqualByComparingTo(plain(0, 4.2 * GIGA));
    assertThat(plain(0, 4.1 * GIGA)).isLessThan(plain(0, 2 * GIGA));
  }

  @Test
  void amongAlikesTheBetterPowerDecidesThenTheWorkForEachJoule() {
    var sunny = Rank.of(0, 0, GIGA, new Power(Source.SURPLUS, 80));
    var thrifty = Rank.of(0, 0, GIGA, new Power(Source.MAINS, 4));
    var usual = Rank.of(0, 0, GIGA, new Power(Source.MAINS, Rank.USUAL_SLOT_WATTS));
    var silent = Rank.of(0, 0, GIGA, Power.UNKNOWN);
    var hungry = Rank.of(0, 0, GIGA, new Power(Source.MAINS, 80));
    var draining = Rank.of(0, 0, GIGA, new Power(Source.BATTERY, 1));

    assertThat(List.of(draining, hungry, silent, thrifty, sunny).stream().sorted())
        .containsExactly(sunny, thrifty, silent, hungry, draining);
    assertThat(silent).isEqualTo(usual);
  }

  @Test
  void aTaskGoesToTheMachineOnTheBestPowerAsItIsNow() {
    pool.join(1);
    pool.join(2);
    pool.runsOn(1, Source.BATTERY);
    pool.runsOn(2, Source.SURPLUS);
    var first = pool.openDeal(1, 1);

    pool.runsOn(1, Source.SURPLUS);
    pool.runsOn(2, Source.MAINS);
    var second = pool.openDeal(PoolFixture.dealOf(PoolFixture.address(1001), 1, 1), "WASM");

    assertThat(only(Assign.class, pool.said))
        .extracting(Assign::deal, Assign::worker)
        .containsExactly(tuple(first.id(), worker(2)), tuple(second.id(), worker(1)));
    assertThat(pool.engine.explain(second.taskId(0), pool.now).reasons())
        .extracting(Reason::sentence)
        .anySatisfy(sentence -> assertThat(sentence).endsWith(", on surplus power."));
    assertThat(pool.engine.status().workers())
        .extracting(view -> view.power().source())
        .containsExactly(Source.SURPLUS, Source.MAINS);
  }

  private static Rank plain(double failuresLately, double fuelPerSecond) {
    return Rank.of(failuresLately, 0, fuelPerSecond, Power.UNKNOWN);
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
