package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ruche.core.ContributionHashes;
import io.ruche.core.RunLimits;
import io.ruche.core.RunUsage;
import io.ruche.core.Salt;
import io.ruche.core.TaskId;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.WorkerEvent.Committed;
import io.ruche.scheduler.WorkerEvent.Opened;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A claimed speed is believed as far as paid work confirms it. */
class ConfirmedSpeedTest {
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));
  private static final long GIGA = 1_000_000_000L;
  private static final Duration RUN = Duration.ofSeconds(10);

  private final PoolFixture pool =
      new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.AFTER_RESULT));

  private static WorkerOffer claiming(long fuelPerSecond) {
    return new WorkerOffer(
        1, 4096, 1, List.of("WASM"), true, fuelPerSecond, WorkerOffer.Machine.PLAIN);
  }

  private SchedulerStatus.Rating rating() {
    return pool.engine.status().workers().getFirst().rating();
  }

  /** Worker 1 runs the task, is certified and paid, and is ready for the next. */
  private void run(TaskId task, long fuel) {
    pool.pass(RUN);
    var id = new AttemptId(task, 1);
    var commit = ContributionHashes.offChainCommit(digest("a"), SALT);
    pool.on(new Committed(worker(1), id, commit, new RunUsage(fuel, 1)));
    pool.store(one(RequestUpload.class, pool.on(new Opened(worker(1), id, digest("a"), SALT))), "");
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.on(new ChainEvent.TaskFinalized(task));
    pool.on(new WorkerEvent.SlotsFreed(worker(1), 1));
  }

  @Test
  void anInflatedClaimIsFoundOutWithinTwentyTasks() {
    pool.join(1, claiming(20 * GIGA));
    assertThat(rating().believedFuelPerSecond()).isEqualTo(10 * GIGA);
    var deal = pool.openDeal(1, ConfirmedSpeed.TELLING_RUNS);

    for (int index = 0; index < ConfirmedSpeed.TELLING_RUNS; index++) {
      assertThat(rating().isClaimRefuted()).isFalse();
      run(deal.taskId(index), RUN.toSeconds() * GIGA);
    }

    assertThat(rating().isClaimRefuted()).isTrue();
    assertThat((double) rating().believedFuelPerSecond()).isCloseTo(1.1 * GIGA, within(0.1 * GIGA));
  }

  @Test
  void whatWorkConfirmedOutlivesARestartAndANewClaim() {
    pool.join(1, claiming(20 * GIGA));
    var deal = pool.openDeal(1, 5);
    for (int index = 0; index < 5; index++) {
      run(deal.taskId(index), RUN.toSeconds() * GIGA);
    }
    long before = rating().believedFuelPerSecond();

    pool.restart();
    pool.join(1, claiming(15 * GIGA));

    assertThat(rating().believedFuelPerSecond())
        .isLessThan(6 * GIGA)
        .isCloseTo(before, within(before / 8 + 1));
  }

  @Test
  void aRunThatIsTooShortSaysNothing() {
    var speed = new ConfirmedSpeed(GIGA, 3);

    assertThat(speed.with(0, 50 * GIGA, ConfirmedSpeed.SHORTEST.minusMillis(1))).isEqualTo(speed);
    assertThat(speed.with(0, 2 * GIGA, ConfirmedSpeed.SHORTEST))
        .isEqualTo(new ConfirmedSpeed(GIGA + GIGA / 5, 4));
  }

  @Property(tries = 50)
  void afterTwentyRunsLittleOfAnyClaimIsLeft(
      @ForAll @LongRange(max = Long.MAX_VALUE) long claim,
      @ForAll @LongRange(min = 1_000_000, max = 13_000_000_000L) long trueSpeed) {
    var speed = ConfirmedSpeed.NONE;
    for (int run = 0; run < ConfirmedSpeed.TELLING_RUNS; run++) {
      speed = speed.with(claim, 10 * trueSpeed, Duration.ofSeconds(10));
    }

    double left = Math.pow(1 - ConfirmedSpeed.WEIGHT, ConfirmedSpeed.TELLING_RUNS)
        * RunLimits.MAX_FUEL_PER_SECOND;
    assertThat((double) speed.fuelPerSecond()).isCloseTo((double) trueSpeed, within(left));
  }
}
