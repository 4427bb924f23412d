package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.FailureCode;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Command.Assign;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets work, and how much at once. */
class AdmissionTest {
  private static final int MANY_SLOTS = 20;
  private static final WorkerOffer LARGE =
      new WorkerOffer(MANY_SLOTS, 4096, 100_000, List.of("WASM"));
  private static final WorkerOffer IDLE = new WorkerOffer(1, 4096, 1, List.of("NATIVE"));

  private PoolFixture pool = new PoolFixture();

  private static PoolFixture pool(Admission admission) {
    return new PoolFixture(SchedulerPolicy.defaults().withAdmission(admission));
  }

  private List<Reason> why(TaskId task) {
    return pool.engine.explain(task, pool.now).reasons();
  }

  private long given(int number) {
    return only(Assign.class, pool.said).stream()
        .filter(assign -> assign.machine().equals(worker(number)))
        .count();
  }

  private void crowd() {
    for (int number = 101; number <= 100 + SlotQuota.SMALL_POOL; number++) {
      pool.join(number, IDLE);
    }
  }

  @Test
  void inASmallPoolAMachineIsGivenAllThatItOffers() {
    pool.openDeal(1, 50);

    pool.join(1, LARGE);

    assertThat(given(1)).isEqualTo(MANY_SLOTS);
  }

  @Test
  void inALargePoolAMachineThatNobodyKnowsBeginsSmall() {
    crowd();
    var deal = pool.openDeal(1, 50);

    pool.join(1, LARGE);

    int fresh = SlotQuota.FRESH.slots();
    assertThat(given(1)).isEqualTo(fresh);
    assertThat(why(deal.taskId(49)))
        .contains(new Reason.QuotaReached(worker(1), fresh, MANY_SLOTS));
  }

  @Test
  void itsQuotaGrowsByOneWithEachCertifiedRunAndIsHalvedByEachThatItLoses() {
    crowd();
    pool.join(1, LARGE);
    var deal = pool.openDeal(1, 50);
    int fresh = SlotQuota.FRESH.slots();

    settle(deal, 0);
    settle(deal, 1);
    assertThat(quota()).isEqualTo(fresh + 2);
    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(deal.taskId(2), 1), FailureCode.INFRASTRUCTURE, 0, "disk"));

    assertThat(quota()).isEqualTo((fresh + 2) / 2);
  }

  @Test
  void aFailureOfTheAppSaysNothingAgainstTheMachine() {
    crowd();
    pool.join(1, LARGE);
    var deal = pool.openDeal(1, 50);

    pool.on(new WorkerEvent.Failed(
        worker(1), new AttemptId(deal.taskId(0), 1), FailureCode.TRAP, 0, "unreachable"));

    assertThat(quota()).isEqualTo(SlotQuota.FRESH.slots());
  }

  @Test
  void aQuotaOutlivesARestart() {
    crowd();
    pool.join(1, LARGE);
    var deal = pool.openDeal(1, 50);
    settle(deal, 0);

    pool.restart();
    crowd();
    pool.join(1, LARGE);

    assertThat(quota()).isEqualTo(SlotQuota.FRESH.slots() + 1);
  }

  private void settle(Deal deal, long index) {
    var task = deal.taskId(index);
    pool.contribute(1, task, PoolFixture.digest("a"));
    pool.agree(task, PoolFixture.digest("a"));
    pool.on(new ChainEvent.TaskFinalized(task));
  }

  private int quota() {
    return pool.engine.status().workers().stream()
        .filter(one -> one.machine().equals(worker(1)))
        .findFirst()
        .orElseThrow()
        .rating()
        .slotLimit();
  }

  @Test
  void whoIsBannedGetsNoWorkUntilItIsReadmittedAlsoAfterARestart() {
    pool.on(new ShellEvent.WorkerBanned(worker(1), "wrong results"));
    pool.restart();
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);

    assertThat(given(1)).isZero();
    assertThat(why(task)).contains(new Reason.Banned(worker(1), "wrong results"));
    pool.on(new ShellEvent.WorkerReadmitted(worker(1)));
    pool.beat(1, 4);

    assertThat(given(1)).isEqualTo(1);
  }

  @Test
  void aReadmissionOutlivesARestartAndACompaction() {
    pool.on(new ShellEvent.WorkerBanned(worker(1), "wrong results"));
    pool.on(new ShellEvent.WorkerReadmitted(worker(1)));
    pool.restart();
    var snapshot = pool.engine.snapshot();
    pool.join(1);

    pool.openDeal(1, 1);

    assertThat(snapshot).isEmpty();
    assertThat(given(1)).isEqualTo(1);
  }

  @Test
  void saidAgainABanIsNotWrittenAgain() {
    pool.on(new ShellEvent.WorkerBanned(worker(1), "wrong results"));
    pool.on(new ShellEvent.WorkerBanned(worker(1), "wrong results"));
    pool.on(new ShellEvent.WorkerReadmitted(worker(2)));

    assertThat(pool.journal).hasSize(1);
  }

  @Test
  void aMachineCanBeBannedAlone() {
    pool.on(new ShellEvent.WorkerBanned(worker(7), "overheats"));
    joinForAccount(7, 50);
    joinForAccount(8, 50);

    pool.openDeal(1, 1);

    assertThat(only(Assign.class, pool.said))
        .extracting(Assign::machine)
        .containsExactly(worker(8));
  }

  private void joinForAccount(int machine, int account) {
    var funds = Funds.ofWallet(0, TokenAmount.ofNano(1_000_000));
    pool.on(new WorkerEvent.Joined(
        worker(machine), worker(account), worker(account), PoolFixture.OFFER, funds));
    pool.beat(machine, 4);
  }

  @Test
  void thoseThatTheSettingsDoNotAllowOrBanGetNoWork() {
    pool = pool(new Admission(Map.of(), Set.of(worker(1), worker(2)), Set.of(worker(2)), false));
    var task = pool.openDeal(1, 1).taskId(0);

    pool.join(2);
    pool.join(3);
    assertThat(why(task))
        .contains(
            new Reason.Banned(worker(2), "by the pool's settings"),
            new Reason.NotAdmitted(worker(3)));
    pool.join(1);

    assertThat(only(Assign.class, pool.said)).extracting(Assign::worker).containsExactly(worker(1));
  }

  @Test
  void byOptionTwoMachinesOfOneAddressRangeNeverVoteOnOneTask() {
    pool = pool(new Admission(Map.of(), Set.of(), Set.of(), true));
    joinFrom(1, "192.0.2.0/24");
    joinFrom(2, "192.0.2.0/24");
    joinFrom(3, "");
    joinFrom(4, "");

    var task = pool.openDeal(64, 1).taskId(0);

    assertThat(only(Assign.class, pool.said))
        .extracting(Assign::worker)
        .containsExactlyInAnyOrder(worker(1), worker(3), worker(4));
    assertThat(why(task))
        .contains(new Reason.SameAddressRange(worker(2), worker(1), "192.0.2.0/24"));
  }

  @Test
  void withoutTheOptionTheyDo() {
    joinFrom(1, "192.0.2.0/24");
    joinFrom(2, "192.0.2.0/24");

    pool.openDeal(3, 1);

    assertThat(only(Assign.class, pool.said)).hasSize(2);
  }

  private void joinFrom(int number, String range) {
    Address name = worker(number);
    var funds = Funds.ofWallet(0, TokenAmount.ofNano(1_000_000));
    pool.on(new WorkerEvent.Joined(name, name, name, PoolFixture.OFFER, funds, range));
    pool.beat(number, 4);
  }
}
