package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.CATEGORY;
import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Done;
import io.ruche.scheduler.Command.Finalize;
import io.ruche.scheduler.Command.Initialize;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.Command.Reveal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerEngineTest {
  private final PoolFixture pool = new PoolFixture();

  @Test
  void aTaskGoesFromMatchToFinalize() {
    var deal = deal(1, 1, "", Address.ZERO);
    var task = deal.taskId(0);
    pool.join(1);

    var initialize = one(Initialize.class, pool.match(deal, "WASM"));
    assertThat(initialize.tasks()).containsExactly(new TaskKey(deal.id(), 0));

    var assign = one(Assign.class, pool.on(new ChainEvent.TaskInitialized(task)));
    assertThat(assign.worker()).isEqualTo(worker(1));
    assertThat(assign.attempt()).isEqualTo(new AttemptId(task, 1));
    assertThat(assign.isAuthorized()).isTrue();

    pool.contribute(1, task, digest("a"));
    var reveal = one(Reveal.class, pool.agree(task, digest("a")));
    assertThat(reveal.attempt()).isEqualTo(assign.attempt());

    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    assertThat(upload.digest()).isEqualTo(digest("a"));

    var finalize = one(Finalize.class, pool.store(upload, ""));
    assertThat(finalize.settlement().results())
        .isEqualTo("{\"storage\":\"ipfs\",\"location\":\"/ipfs/bafkrei\"}");

    pool.on(new ChainEvent.TaskFinalized(task));
    var done = one(Done.class, pool.pass(pool.policy.confirmAfter()));
    assertThat(done.outcome()).isEqualTo("won");
    assertThat(pool.engine.tasks()).isEmpty();
    assertThat(pool.journal).last().isEqualTo(new Fact.DealClosed(deal.id()));
  }

  @Test
  void asManyCopiesAreGivenOutAsConsensusNeeds() {
    for (int number = 1; number <= 8; number++) {
      pool.join(number);
    }

    pool.openDeal(5, 1);

    assertThat(only(Assign.class, pool.said))
        .hasSize(3)
        .extracting(Assign::worker)
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherCopyIsGivenOutWhenContributionsDisagree() {
    for (int number = 1; number <= 4; number++) {
      pool.join(number);
    }
    var task = pool.openDeal(3, 1).taskId(0);

    pool.contribute(1, task, digest("a"));
    var more = pool.contribute(2, task, digest("lie"));

    assertThat(only(Assign.class, more))
        .hasSize(2)
        .extracting(Assign::worker)
        .containsExactly(worker(3), worker(4));
  }

  @Test
  void aFreedSlotGetsTheNextTaskAndNoMoreThanThePoolCounts() {
    pool.join(1);
    int slots = PoolFixture.OFFER.slots();
    var deal = pool.openDeal(1, slots + 2L);
    var first = deal.taskId(0);
    pool.contribute(1, first, digest("a"));

    var given = pool.on(new WorkerEvent.SlotsFreed(worker(1), slots));

    assertThat(only(Assign.class, given))
        .extracting(assign -> assign.attempt().task())
        .containsExactly(deal.taskId(slots));
    assertThat(pool.on(new WorkerEvent.SlotsFreed(worker(1), slots))).isEmpty();
    assertThat(pool.on(new WorkerEvent.SlotsFreed(worker(1), 0))).isEmpty();
  }

  @Test
  void whatAWorkerWantsAheadIsGivenUpToOneForEachSlot() {
    pool.join(1);
    int slots = PoolFixture.OFFER.slots();
    var deal = pool.openDeal(1, 3L * slots);

    var given = pool.on(new WorkerEvent.SlotsFreed(worker(1), 0, 1));
    var rest = pool.on(new WorkerEvent.SlotsFreed(worker(1), 0, slots + 1));

    assertThat(only(Assign.class, given))
        .extracting(assign -> assign.attempt().task())
        .containsExactly(deal.taskId(slots));
    assertThat(only(Assign.class, rest)).hasSize(slots - 1);
    assertThat(pool.on(new WorkerEvent.SlotsFreed(worker(1), 0, slots))).isEmpty();
  }

  /** Whoever asks ahead is busy: a task that comes is for those who are not. */
  @Test
  void aTaskThatComesGoesToWhoHasASlotNotToWhoAskedAhead() {
    pool.join(1);
    pool.openDeal(1, PoolFixture.OFFER.slots());
    pool.on(new WorkerEvent.SlotsFreed(worker(1), 0, 4));

    pool.openDeal(1, 1);

    assertThat(only(Assign.class, pool.join(2)))
        .extracting(Assign::worker)
        .containsExactly(worker(2));
  }

  @Test
  void aLostWorkersTaskGoesToAnother() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.join(2);

    pool.on(new WorkerEvent.Left(worker(1)));
    var replaced = pool.pass(pool.policy.reconnectGrace());

    assertThat(one(Assign.class, replaced).worker()).isEqualTo(worker(2));
    assertThat(one(Assign.class, replaced).attempt()).isEqualTo(new AttemptId(task, 2));
  }

  @Test
  void aSilentWorkersTaskGoesToAnother() {
    pool.join(1);
    pool.openDeal(1, 1);
    pool.silence(1);
    pool.pass(pool.policy.workerLostAfter().minusSeconds(1));
    pool.join(2);

    var replaced = pool.pass(Duration.ofSeconds(1));

    assertThat(one(Assign.class, replaced).worker()).isEqualTo(worker(2));
  }

  @Test
  void aWorkerThatComesBackWithinTheGraceKeepsItsTask() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.join(2);

    pool.on(new WorkerEvent.Left(worker(1)));
    pool.pass(pool.policy.reconnectGrace().minusSeconds(1));
    pool.rejoin(1, PoolFixture.OFFER);
    pool.beat(1, 3, new WorkerEvent.Running(new AttemptId(task, 1), Phase.RUNNING));
    pool.pass(Duration.ofSeconds(5));

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void ordersThatAWorkerNeverSawAreSentAgain() {
    pool.join(1);
    pool.openDeal(1, 1);

    pool.pass(pool.policy.resendAfter());
    var again = pool.beat(1, 3);

    assertThat(one(Assign.class, again).attempt().number()).isEqualTo(1);
  }

  @Test
  void aWorkerThatStartsAnewGetsItsOrdersAtOnce() {
    pool.join(1);
    pool.openDeal(1, 1);

    pool.on(new WorkerEvent.Left(worker(1)));
    var again = pool.join(1);

    assertThat(one(Assign.class, again).attempt().number()).isEqualTo(1);
  }

  @Test
  void aHeartbeatSentBeforeTheOrderArrivedDoesNotFillTheSlotTwice() {
    pool.join(1, new WorkerOffer(1, 4096, 1, List.of("WASM")));
    pool.openDeal(1, 2);

    pool.beat(1, 1);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aContributionFreesTheSlot() {
    pool.join(1, new WorkerOffer(1, 4096, 1, List.of("WASM")));
    var deal = pool.openDeal(1, 2);

    pool.on(
        new WorkerEvent.Contributed(worker(1), new AttemptId(deal.taskId(0), 1), PoolFixture.tx()));
    var next = pool.beat(
        1, 1, new WorkerEvent.Running(new AttemptId(deal.taskId(0), 1), Phase.CONTRIBUTED));

    assertThat(one(Assign.class, next).index()).isEqualTo(1);
  }

  @Test
  void aRunThatOnlyWaitsForTheChainHoldsNoSlot() {
    pool.join(1, new WorkerOffer(1, 4096, 1, List.of("WASM")));
    var deal = pool.openDeal(1, 2);

    var next = pool.beat(
        1, 1, new WorkerEvent.Running(new AttemptId(deal.taskId(0), 1), Phase.CONTRIBUTING));

    assertThat(one(Assign.class, next).index()).isEqualTo(1);
  }

  private void joinSecondWalletOfOwner1() {
    pool.on(WorkerEvent.Joined.ofWallet(
        worker(2), worker(1), PoolFixture.OFFER, 0, TokenAmount.ofNano(9_999)));
    pool.beat(2, 4);
  }

  @Test
  void anAuthorizationThatIsOutBarsTheOwnersOtherWalletEvenWhenItsRunIsLost() {
    pool.join(1);
    pool.openDeal(1, 1);
    pool.on(new WorkerEvent.Left(worker(1)));
    joinSecondWalletOfOwner1();

    var afterTheLoss = pool.pass(pool.policy.workerLostAfter());
    pool.join(3);

    assertThat(only(Assign.class, afterTheLoss)).isEmpty();
    assertThat(only(Assign.class, pool.said))
        .last()
        .extracting(Assign::worker)
        .isEqualTo(worker(3));
  }

  @Test
  void twoWalletsOfOneOwnerNeverVoteOnOneTask() {
    pool.join(1);
    joinSecondWalletOfOwner1();

    var task = pool.openDeal(3, 1).taskId(0);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
    assertThat(pool.engine.explain(task, pool.now).reasons())
        .contains(new Reason.SameOwner(worker(2), worker(1)));
  }

  @Test
  void whoeverStillRunsIsStoppedAtConsensus() {
    for (int number = 1; number <= 3; number++) {
      pool.join(number);
    }
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.on(new WorkerEvent.Left(worker(2)));
    pool.pass(pool.policy.reconnectGrace());

    pool.contribute(2, task, digest("a"));
    var commands = pool.agree(task, digest("a"));

    assertThat(one(Abort.class, commands).machine()).isEqualTo(worker(3));
    assertThat(only(Reveal.class, commands))
        .extracting(Reveal::machine)
        .containsExactly(worker(1), worker(2));
  }

  @Test
  void theSameEventTwiceChangesNothing() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    pool.store(upload, "");
    int said = pool.said.size();
    int written = pool.journal.size();

    pool.on(new ChainEvent.DealMatched(
        deal(1, 1, "", Address.ZERO), CATEGORY, PoolFixture.app("WASM"), true));
    pool.on(new ChainEvent.TaskInitialized(task));
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.reveal(1, task, digest("a"));
    pool.store(upload, "");

    assertThat(pool.said).hasSize(said);
    assertThat(pool.journal).hasSize(written);
  }

  @Test
  void theHistoryOfADealMakesNoWork() {
    pool.join(1);
    var deal = deal(1, 1, "", Address.ZERO);
    var task = deal.taskId(0);

    pool.on(new ChainEvent.DealMatched(deal, CATEGORY, PoolFixture.app("WASM"), true));
    assertThat(only(Command.Observe.class, pool.said)).hasSize(1);
    pool.on(PoolFixture.revealed(
        task,
        TaskStatus.COMPLETED,
        PoolFixture.START,
        digest("a"),
        PoolFixture.vote(2, task, digest("a"), ChainEvent.ContributionStatus.PROVED)));
    pool.on(new ChainEvent.TaskInitialized(task));
    pool.contribute(2, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.reveal(2, task, digest("a"));
    pool.on(new ChainEvent.TaskFinalized(task));

    assertThat(pool.said).allMatch(Command.Observe.class::isInstance);
  }

  @Test
  void theChainIsAskedAgainWhenAWorkerSaysThatItContradicts() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    var attempt = new AttemptId(task, 1);

    var said = pool.on(new WorkerEvent.Refused(
        worker(1), attempt, "CONTRIBUTION_REFUSED", "TaskNotActive: reverted"));

    assertThat(one(Command.Observe.class, said).tasks()).containsExactly(task);
    pool.on(PoolFixture.observed(task, TaskStatus.UNSET, Instant.EPOCH));
    assertThat(only(Initialize.class, pool.said)).isNotEmpty();
  }

  @Test
  void aRunThatComesBackStopsWhenAnotherMachineOfItsOwnerIsAtTheTask() {
    var apart =
        new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.AFTER_COMMIT));
    apart.join(1);
    var task = apart.openDeal(1, 1).taskId(0);
    apart.on(new WorkerEvent.Left(worker(1)));
    apart.pass(apart.policy.reconnectGrace());
    joinFor(apart, 2, 1);
    assertThat(only(Assign.class, apart.said)).hasSize(2);

    apart.rejoin(1, PoolFixture.OFFER);
    var said = apart.beat(1, 3, new WorkerEvent.Running(new AttemptId(task, 1), Phase.RUNNING));

    assertThat(one(Abort.class, said).machine()).isEqualTo(worker(1));
    assertThat(apart.engine.task(task).orElseThrow().attempts().getFirst().state())
        .isEqualTo("DROPPED");
  }

  /** A machine with a wallet of its own, of another's owner. */
  private static void joinFor(PoolFixture pool, int number, int owner) {
    pool.on(WorkerEvent.Joined.ofWallet(
        worker(number), worker(owner), PoolFixture.OFFER, 0, TokenAmount.ofNano(1_000_000)));
    pool.beat(number, 4);
  }
}
