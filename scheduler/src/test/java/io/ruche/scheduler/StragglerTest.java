package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Deal;
import io.ruche.core.Salt;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.WorkerEvent.Committed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last run of a bag that takes far longer than its likes gets a second machine. */
class StragglerTest {
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));
  private static final WorkerOffer SLOTS = new WorkerOffer(8, 4096, 1, List.of("WASM"));
  private static final Duration USUAL = Duration.ofSeconds(10);

  private PoolFixture pool = pool(Certification.AFTER_RESULT);

  /** Results that have been committed to may take their time here. */
  private static PoolFixture pool(Certification certification) {
    return new PoolFixture(SchedulerPolicy.defaults()
        .withCertification(certification)
        .withUploadPatience(Duration.ofHours(1)));
  }

  /** All but the last task of a bag ran for {@link #USUAL}; the last goes on. */
  private Deal bagWithAStraggler(long size) {
    pool.join(1, SLOTS);
    var deal = pool.openDeal(1, size);
    pool.pass(USUAL);
    for (long index = 0; index < size - 1; index++) {
      var id = new AttemptId(deal.taskId(index), 1);
      var commit = ContributionHashes.offChainCommit(digest("a"), SALT);
      pool.on(new Committed(worker(1), id, commit));
    }
    pool.said.clear();
    return deal;
  }

  private List<Assign> given() {
    return only(Assign.class, pool.said);
  }

  private Duration patience() {
    return USUAL.multipliedBy(Stragglers.TIMES_MEDIAN);
  }

  @Test
  void itGetsASecondMachineOnceItTookSeveralTimesTheMedian() {
    var deal = bagWithAStraggler(7);
    pool.join(2);

    pool.pass(patience().minus(USUAL).minusSeconds(1));
    assertThat(given()).isEmpty();
    pool.pass(Duration.ofSeconds(1));

    assertThat(given()).singleElement().satisfies(assign -> {
      assertThat(assign.attempt()).isEqualTo(new AttemptId(deal.taskId(6), 2));
      assertThat(assign.worker()).isEqualTo(worker(2));
    });
  }

  @Test
  void itGetsOneExtraMachineAtMost() {
    bagWithAStraggler(7);
    pool.join(2);
    pool.join(3);
    pool.join(4);

    pool.pass(patience().multipliedBy(4));

    assertThat(given()).hasSize(1);
  }

  @Test
  void theSecondMachineMayEndTheTaskAndTheFirstIsStopped() {
    var deal = bagWithAStraggler(7);
    pool.join(2);
    pool.pass(patience());
    var task = deal.taskId(6);
    var second = new AttemptId(task, 2);
    var commit = ContributionHashes.offChainCommit(digest("a"), SALT);

    pool.on(new Committed(worker(2), second, commit));
    var upload = PoolFixture.one(
        Command.RequestUpload.class,
        pool.on(new WorkerEvent.Opened(worker(2), second, digest("a"), SALT)));
    pool.store(upload, "");
    pool.contribute(2, task, digest("a"));
    var ended = pool.on(new ChainEvent.TaskFinalized(task));

    assertThat(only(Command.Abort.class, ended))
        .extracting(Command.Abort::attempt)
        .containsExactly(new AttemptId(task, 1));
  }

  @Test
  void whileAnotherTaskWaitsNothingIsCopied() {
    var bag = bagWithAStraggler(7);
    pool.openDeal(64, 1);
    pool.join(2);

    pool.pass(patience().multipliedBy(2));

    assertThat(given()).extracting(Assign::deal).isNotEmpty().doesNotContain(bag.id());
  }

  @Test
  void aVoteGetsNoSecondCopyForItWouldBecomeASecondContribution() {
    pool = pool(Certification.WITH_WORK);
    bagWithAStraggler(7);
    pool.join(2);

    pool.pass(patience().multipliedBy(2));

    assertThat(given()).isEmpty();
  }

  @Test
  void fewRunsSayTooLittle() {
    bagWithAStraggler(RunTimes.LEAST);
    pool.join(2);

    pool.pass(patience().multipliedBy(2));

    assertThat(given()).isEmpty();
  }

  @Test
  void theMedianIsThatOfTheLatestRuns() {
    var times = new RunTimes();
    for (int seconds = 1; seconds <= 1_000; seconds++) {
      times.add(Duration.ofSeconds(seconds));
    }

    assertThat(times.median()).isEqualTo(Duration.ofSeconds(950));
  }
}
