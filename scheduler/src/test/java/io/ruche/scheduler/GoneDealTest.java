package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.CATEGORY;
import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Observe;
import org.junit.jupiter.api.Test;

/** A deal that a reorganisation took away, and whether it comes back. */
class GoneDealTest {
  private PoolFixture pool = new PoolFixture();

  private void leaves(Deal deal) {
    pool.on(new ChainEvent.DealRolledBack(deal.id()));
  }

  private void staysAway(Deal deal) {
    leaves(deal);
    pool.pass(pool.policy.confirmAfter());
  }

  private long sold() {
    assertThat(pool.engine.status().openTasks())
        .isEqualTo(pool.engine.openWork().stream().mapToLong(OpenWork::tasks).sum());
    return pool.engine.status().openTasks();
  }

  @Test
  void itCountsAsSoldOnlyAsLongAsItMayWellComeBack() {
    var deal = pool.openDeal(1, 3);

    leaves(deal);
    pool.pass(pool.policy.confirmAfter().minusSeconds(1));
    assertThat(sold()).isEqualTo(3);
    leaves(deal);
    pool.pass(pool.policy.confirmAfter());

    assertThat(sold()).isZero();
    assertThat(pool.engine.status().openDeals()).isZero();
  }

  @Test
  void aRestartNeitherSellsItAgainNorRunsIt() {
    pool.join(1);
    var deal = pool.openDeal(1, 3);
    staysAway(deal);

    pool.restart();
    pool.join(1);
    pool.on(new ShellEvent.Ticked());
    int given = only(Assign.class, pool.said).size();
    pool.pass(pool.policy.confirmAfter());

    assertThat(sold()).isZero();
    assertThat(only(Assign.class, pool.said)).hasSize(given);
  }

  @Test
  void whenItComesBackAfterAllItIsTakenUpAlsoByADrainedPool() {
    pool.join(1);
    var deal = pool.openDeal(1, 1);
    staysAway(deal);
    pool.on(new ShellEvent.PoolDrained());
    pool.restart();
    pool.join(1);

    pool.openDeal(deal, "WASM");
    pool.on(PoolFixture.observed(deal.taskId(0), TaskStatus.ACTIVE, pool.now));
    pool.pass(pool.policy.confirmAfter());

    assertThat(sold()).isEqualTo(1);
    assertThat(only(Assign.class, pool.said).getLast().attempt())
        .isEqualTo(new AttemptId(deal.taskId(0), 2));
  }

  @Test
  void whatWasNeverGivenOutMakesRoomForOthers() {
    pool = new PoolFixture(SchedulerPolicy.defaults().withMaxLiveTasks(10));
    var huge = deal(1, 1_000, "", Address.ZERO);
    var other = deal(3, 10, "", Address.ZERO);
    pool.match(huge, "WASM");

    leaves(huge);
    pool.match(other, "WASM");

    assertThat(pool.engine.tasks())
        .hasSize(10)
        .allSatisfy(task -> assertThat(task.deal()).isEqualTo(other.id()));
  }

  @Test
  void itsTasksComeBackIntoMemoryOnceEachWithWhatIsKnownOfThem() {
    pool.join(1);
    var deal = pool.openDeal(1, 9);
    leaves(deal);
    int kept = pool.engine.tasks().size();

    pool.match(deal, "WASM");

    assertThat(kept).isEqualTo(PoolFixture.OFFER.slots());
    assertThat(pool.engine.tasks()).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void whatWasSettledInTheLostBlocksIsLookedAtAgain() {
    var deal = pool.openDeal(1, 2);
    var task = deal.taskId(0);
    pool.on(new ChainEvent.TaskFinalized(task));
    pool.pass(pool.policy.confirmAfter());
    assertThat(pool.engine.task(task)).isEmpty();

    leaves(deal);
    var commands = pool.match(deal, "WASM");

    assertThat(pool.engine.task(task)).isPresent();
    assertThat(only(Observe.class, commands).stream().flatMap(all -> all.tasks().stream()))
        .contains(task);
  }

  @Test
  void afterItsDeadlinesNothingIsRememberedOfIt() {
    pool.join(1);
    var deal = pool.openDeal(1, 3);
    leaves(deal);

    pool.pass(CATEGORY.finalTime().plus(RevealStage.CHAIN_SLACK));

    assertThat(pool.engine.openDeals()).isEmpty();
    assertThat(pool.engine.tasks()).isEmpty();
    assertThat(pool.journal).last().isEqualTo(new Fact.DealClosed(deal.id()));
    pool.restart();
    assertThat(pool.engine.openDeals()).isEmpty();
  }

  @Test
  void whoAsksIsToldWhyItsTasksWait() {
    pool.join(1);
    var deal = pool.openDeal(1, 1);

    leaves(deal);

    assertThat(pool.engine.explain(deal.taskId(0), pool.now).reasons())
        .containsExactly(new Reason.DealGone(pool.now));
  }
}
