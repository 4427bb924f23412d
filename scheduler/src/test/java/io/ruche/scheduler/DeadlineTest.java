package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.CATEGORY;
import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Claim;
import io.ruche.scheduler.Command.Initialize;
import io.ruche.scheduler.Command.InitializeAndClaim;
import io.ruche.scheduler.Command.Observe;
import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final PoolFixture pool = new PoolFixture();

  @Test
  void whatIsStillOpenAtTheFinalDeadlineIsClaimedInBatches() {
    var deal = pool.openDeal(1, 60);

    pool.pass(CATEGORY.finalTime());
    var claimed = pool.pass(RevealStage.CHAIN_SLACK);

    assertThat(
            only(Claim.class, claimed).stream().mapToInt(c -> c.tasks().size()).sum())
        .isEqualTo(60);
    assertThat(only(Claim.class, claimed)).allMatch(c -> c.tasks().size() <= Outbox.MAX_BATCH);
    assertThat(deal.botSize()).isEqualTo(60);
  }

  @Test
  void whatWasNeverInitializedIsInitializedAndClaimed() {
    var deal = deal(1, 1, "", Address.ZERO);
    pool.now = pool.now.plus(CATEGORY.contributionTime());

    var matched = pool.match(deal, "WASM");
    var claimed = pool.pass(CATEGORY.finalTime());

    assertThat(only(Initialize.class, matched)).isEmpty();
    assertThat(one(InitializeAndClaim.class, claimed).tasks())
        .containsExactly(new TaskKey(deal.id(), 0));
  }

  @Test
  void nothingIsGivenOutTooCloseToTheDeadline() {
    pool.openDeal(1, 1);
    pool.pass(CATEGORY.contributionTime().minus(pool.policy.deadlineMargin()));

    var commands = pool.join(1);

    assertThat(only(Assign.class, commands)).isEmpty();
  }

  @Test
  void aRunThatHangsIsStoppedAndReplaced() {
    pool.join(1);
    pool.openDeal(1, 1);
    var patience = CATEGORY.referenceTime().plus(pool.policy.attemptOverhead());
    pool.pass(patience.minusSeconds(1));
    pool.join(2);

    var commands = pool.pass(Duration.ofSeconds(1));

    assertThat(one(Abort.class, commands).machine()).isEqualTo(worker(1));
    assertThat(one(Assign.class, commands).worker()).isEqualTo(worker(2));
  }

  @Test
  void largeDealsAreInitializedBatchByBatch() {
    var deal = deal(1, 1_000, "", Address.ZERO);

    var first = only(Initialize.class, pool.match(deal, "WASM"));
    int batch = pool.policy.initializeBatch();
    for (long index = 0; index < batch - 1; index++) {
      pool.on(new ChainEvent.TaskInitialized(deal.taskId(index)));
    }
    var early = only(Initialize.class, pool.said);
    pool.on(new ChainEvent.TaskInitialized(deal.taskId(batch - 1)));

    assertThat(first).hasSize(4).allMatch(command -> command.tasks().size() == batch);
    assertThat(early).hasSize(4);
    assertThat(only(Initialize.class, pool.said))
        .hasSize(5)
        .allMatch(command -> command.tasks().size() == batch);
  }

  @Test
  void whatIsLessThanABatchIsInitializedAtOnce() {
    var deal = deal(1, 4 * pool.policy.initializeBatch() + 3, "", Address.ZERO);
    pool.match(deal, "WASM");

    for (long index = 0; index < 3; index++) {
      pool.on(new ChainEvent.TaskInitialized(deal.taskId(index)));
    }

    assertThat(only(Initialize.class, pool.said))
        .hasSize(5)
        .last()
        .satisfies(last -> assertThat(last.tasks()).hasSize(3));
  }

  @Test
  void onlyABoundedPartOfAHugeDealIsInMemory() {
    var small = new PoolFixture(SchedulerPolicy.defaults().withMaxLiveTasks(10));

    small.match(deal(1, 1L << 40, "", Address.ZERO), "WASM");

    assertThat(small.engine.tasks()).hasSize(10);
  }

  @Test
  void aFailedTransactionIsLookedIntoAndSentAgain() {
    var deal = deal(1, 1, "", Address.ZERO);
    var task = deal.taskId(0);
    pool.match(deal, "WASM");

    pool.on(new ShellEvent.TransactionFailed(ChainAction.INITIALIZE, List.of(task), "NONCE"));
    var looked = pool.pass(Duration.ofSeconds(1));
    var again = pool.on(observed(task, TaskStatus.UNSET, Instant.EPOCH));

    assertThat(one(Observe.class, looked).tasks()).containsExactly(task);
    assertThat(one(Initialize.class, again).tasks()).hasSize(1);
    assertThat(pool.engine.explain(task, pool.now).reasons())
        .hasOnlyElementsOfType(Reason.WaitsForTransaction.class);
  }

  @Test
  void aTaskThatSomebodyElseInitializedIsServed() {
    pool.join(1);
    var deal = deal(1, 1, "", Address.ZERO);
    pool.match(deal, "WASM");
    pool.on(new ShellEvent.TransactionFailed(
        ChainAction.INITIALIZE, List.of(deal.taskId(0)), "TaskAlreadyInitialized"));
    pool.pass(Duration.ofSeconds(1));

    var commands = pool.on(observed(deal.taskId(0), TaskStatus.ACTIVE, Instant.EPOCH));

    assertThat(only(Assign.class, commands)).hasSize(1);
  }

  @Test
  void aContributionThatLeftTheChainIsWaitedForAndThenReplaced() {
    pool.join(1);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.join(2);
    pool.join(3);
    int before = only(Assign.class, pool.said).size();

    pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH));
    pool.pass(pool.policy.txPatience().minusSeconds(1));
    assertThat(only(Assign.class, pool.said)).hasSize(before);
    pool.pass(Duration.ofSeconds(1));
    pool.join(3);
    pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH));

    assertThat(only(Assign.class, pool.said))
        .hasSize(before + 1)
        .last()
        .satisfies(assign -> assertThat(assign.worker()).isEqualTo(worker(3)));
  }

  @Test
  void aDealThatLeavesTheChainAndComesBackKeepsItsAttemptNumbers() {
    pool.join(1);
    var deal = pool.openDeal(1, 1);
    var task = deal.taskId(0);

    var stopped = pool.on(new ChainEvent.DealRolledBack(deal.id()));
    pool.match(deal, "WASM");
    pool.beat(1, 4);
    pool.on(new ChainEvent.TaskInitialized(task));

    assertThat(one(Abort.class, stopped).attempt()).isEqualTo(new AttemptId(task, 1));
    assertThat(only(Assign.class, pool.said))
        .last()
        .satisfies(assign -> assertThat(assign.attempt()).isEqualTo(new AttemptId(task, 2)));
  }
}
