package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private final PoolFixture pool = new PoolFixture();

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }

  @Test
  void aStrangerTaskIsUnknown() {
    assertThat(why(deal(1, 1, "", Address.ZERO).taskId(0)))
        .containsExactly(new Reason.UnknownTask());
  }

  @Test
  void aFreshTaskWaitsForItsTransaction() {
    var deal = deal(1, 1, "", Address.ZERO);
    pool.match(deal, "WASM");

    assertThat(why(deal.taskId(0)))
        .containsExactly(new Reason.WaitsForTransaction("initialize", 0, ""));
  }

  @Test
  void withoutWorkersItSaysSo() {
    var task = pool.openDeal(1, 1).taskId(0);

    assertThat(why(task)).contains(new Reason.NoWorkerConnected());
  }

  @Test
  void whoContributedAlreadyIsNamed() {
    pool.join(1);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("a"));

    assertThat(why(task))
        .contains(
            new Reason.CopiesWanted(1),
            new Reason.AlreadyContributed(worker(1)),
            new Reason.TooFewOwners(3, 2, 1));
  }

  @Test
  void aWorkerWithTooLittleStakeIsNamedWithWhatItNeeds() {
    pool.on(WorkerEvent.Joined.ofWallet(
        worker(1), worker(1), PoolFixture.OFFER, 0, TokenAmount.ofNano(100)));
    pool.beat(1, 4);
    var task = pool.openDeal(1, 1).taskId(0);

    var reason =
        new Reason.StakeTooLow(worker(1), TokenAmount.ofNano(300), TokenAmount.ofNano(100));
    assertThat(why(task)).contains(reason);
    assertThat(reason.sentence()).contains("Deposit at least 0.0000002");
    assertThat(pool.said).contains(new Command.ObserveFunds(worker(1), worker(1)));
  }

  @Test
  void freshStakeBringsTheTask() {
    pool.on(
        WorkerEvent.Joined.ofWallet(worker(1), worker(1), PoolFixture.OFFER, 0, TokenAmount.ZERO));
    pool.beat(1, 4);
    pool.openDeal(1, 1);

    var commands = pool.on(
        new WorkerEvent.FundsObserved(worker(1), Funds.ofWallet(0, TokenAmount.ofNano(300))));

    assertThat(PoolFixture.only(Command.Assign.class, commands)).hasSize(1);
  }

  @Test
  void aBusyPoolSaysSo() {
    pool.join(1, new WorkerOffer(1, 4096, 1, List.of("WASM")));
    var deal = pool.openDeal(1, 2);

    assertThat(why(deal.taskId(1))).contains(new Reason.AllWorkersBusy(1));
  }

  @Test
  void silentWinnersAreNamed() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));

    var until = pool.now.plus(PoolFixture.CATEGORY.revealTime());
    assertThat(why(task)).containsExactly(new Reason.WaitsForReveals(List.of(worker(1)), until));
  }

  @Test
  void theStatusCountsTasksByStageAndKnowsWhatTrustItCanServe() {
    pool.join(1);
    pool.join(2);
    pool.openDeal(1, 9);

    var status = pool.engine.status();

    assertThat(status.tasksByStage()).containsEntry("running", 8).containsEntry("queued", 1);
    assertThat(status.connectedWorkers()).isEqualTo(2);
    assertThat(status.servableTrust()).isEqualTo(4);
    assertThat(status.wanting()).isEqualTo(1);
  }
}
