package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.FailureCode;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Authorize;
import io.ruche.scheduler.Command.CertifyFailure;
import io.ruche.scheduler.Command.Reveal;
import io.ruche.scheduler.WorkerEvent.Expelled;
import io.ruche.scheduler.WorkerEvent.Failed;
import io.ruche.scheduler.WorkerEvent.Heartbeat;
import io.ruche.scheduler.WorkerEvent.Joined;
import io.ruche.scheduler.WorkerEvent.Left;
import io.ruche.scheduler.WorkerEvent.Progressed;
import io.ruche.scheduler.WorkerEvent.Running;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several machines that work for one account: one worker for the hub, many for the queue. */
class AccountTest {
  private static final Address ACCOUNT = worker(90);
  private static final Address FIRST = worker(11);
  private static final Address SECOND = worker(12);
  private static final TokenAmount STAKE = TokenAmount.ofNano(300);

  private final PoolFixture pool =
      new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.WITH_WORK));

  @Test
  void differentTasksGoToBothMachinesAndNoTaskToBoth() {
    joinBoth();

    var deal = pool.openDeal(3, 8);

    var given = only(Assign.class, pool.said);
    assertThat(given).hasSize(8).allSatisfy(one -> assertThat(one.worker()).isEqualTo(ACCOUNT));
    assertThat(given.stream().map(one -> one.attempt().task())).doesNotHaveDuplicates();
    assertThat(given.stream().map(Assign::machine)).contains(FIRST, SECOND);
    assertThat(pool.engine.explain(deal.taskId(0), pool.now).reasons())
        .contains(new Reason.TooFewOwners(3, 2, 1));
  }

  @Test
  void theTaskWaitsForAnotherOwnerAndGetsOne() {
    joinBoth();
    pool.openDeal(3, 1);

    var commands = pool.join(1);

    assertThat(one(Assign.class, commands).worker()).isEqualTo(worker(1));
  }

  @Test
  void theStakeIsTheAccountsAndIsSharedByItsMachines() {
    join(FIRST, new Funds(0, STAKE, pool(10)));
    join(SECOND, new Funds(0, STAKE, pool(10)));

    pool.openDeal(3, 4);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aMachineStakesNoMoreThanItsCapWhateverTheAccountHas() {
    join(FIRST, new Funds(0, pool(10), STAKE));

    var task = pool.openDeal(3, 3).taskId(2);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
    assertThat(pool.engine.explain(task, pool.now).reasons())
        .contains(new Reason.CapReached(FIRST, STAKE, TokenAmount.ZERO, STAKE));
  }

  @Test
  void whatWasContributedCountsForTheCapUntilTheTaskEnds() {
    join(FIRST, new Funds(0, pool(10), STAKE));
    var deal = pool.openDeal(3, 2);
    var first = one(Assign.class, pool.said);

    contributed(first, "a");
    pool.on(new WorkerEvent.FundsObserved(FIRST, new Funds(0, pool(9), STAKE)));
    beat(FIRST);
    assertThat(only(Assign.class, pool.said)).hasSize(1);

    pool.on(new ChainEvent.TaskClaimed(first.attempt().task()));
    pool.pass(pool.policy.confirmAfter());
    beat(FIRST);
    assertThat(only(Assign.class, pool.said).getLast().attempt().task()).isEqualTo(deal.taskId(1));
  }

  @Test
  void anExpelledMachinesRunGoesToAnotherOfItsAccountAtOnce() {
    join(FIRST);
    pool.openDeal(3, 1);
    var first = one(Assign.class, pool.said);
    join(SECOND);

    var commands = pool.on(new Expelled(FIRST));

    var second = one(Assign.class, commands);
    assertThat(second.machine()).isEqualTo(SECOND);
    assertThat(second.worker()).isEqualTo(ACCOUNT);
    assertThat(second.attempt().task()).isEqualTo(first.attempt().task());
  }

  @Test
  void whatAnExpelledMachineContributedStillCounts() {
    join(FIRST);
    var task = pool.openDeal(3, 1).taskId(0);
    contributed(one(Assign.class, pool.said), "a");
    join(SECOND);

    pool.on(new Expelled(FIRST));

    assertThat(only(Assign.class, pool.said)).hasSize(1);
    assertThat(pool.engine.task(task).orElseThrow().attempts().getFirst().state())
        .isEqualTo("CONTRIBUTED");
  }

  @Test
  void theMachineThatContributedIsToldToReveal() {
    joinBoth();
    pool.openDeal(1, 2);
    var last = only(Assign.class, pool.said).getLast();

    contributed(last, "a");
    var commands = pool.agree(last.attempt().task(), digest("a"));

    assertThat(one(Reveal.class, commands).machine()).isEqualTo(last.machine());
  }

  @Test
  void twoMachinesThatReportAFailureAreOneOwner() {
    join(FIRST);
    pool.openDeal(1, 1);
    fail(one(Assign.class, pool.said));
    join(SECOND);
    var second = only(Assign.class, pool.said).getLast();
    assertThat(second.machine()).isEqualTo(SECOND);
    fail(second);

    int others = pool.policy.failureOwners() - 1;
    for (int number = 1; number <= others; number++) {
      assertThat(only(CertifyFailure.class, pool.said)).isEmpty();
      pool.join(number);
      fail(only(Assign.class, pool.said).getLast());
    }

    assertThat(only(CertifyFailure.class, pool.said)).isNotEmpty();
  }

  @Test
  void oneMachineMayNotSpeakOfTheOthersAttempt() {
    joinBoth();
    pool.openDeal(3, 1);
    var given = one(Assign.class, pool.said);
    var other = given.machine().equals(FIRST) ? SECOND : FIRST;

    pool.on(new Failed(other, given.attempt(), FailureCode.FETCH, 0, ""));
    var commands =
        pool.on(new Heartbeat(other, 4, List.of(new Running(given.attempt(), Phase.CONTRIBUTED))));

    assertThat(one(Abort.class, commands).machine()).isEqualTo(other);
    assertThat(pool.engine.task(given.attempt().task()).orElseThrow().attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.state()).isEqualTo("ASSIGNED"));
  }

  @Test
  void aRestartKnowsWhichMachineHasWhat() {
    joinBoth();
    pool.openDeal(3, 2);
    var given = only(Assign.class, pool.said);
    var mine = given.getFirst();

    pool.restart();
    for (long index = 0; index < 2; index++) {
      pool.on(PoolFixture.observed(
          given.get((int) index).attempt().task(),
          io.ruche.core.TaskStatus.ACTIVE,
          pool.now.plusSeconds(600)));
    }
    joined(mine.machine());
    var commands = pool.on(
        new Heartbeat(mine.machine(), 3, List.of(new Running(mine.attempt(), Phase.RUNNING))));

    assertThat(only(Abort.class, commands)).isEmpty();
    assertThat(only(Assign.class, commands)).isEmpty();
  }

  @Test
  void aMachineThatWorksForAnotherWorkerNowLeavesItsOldRunToOthers() {
    join(FIRST);
    pool.openDeal(3, 1);
    join(SECOND);

    pool.said.clear();
    pool.on(Joined.ofWallet(FIRST, FIRST, PoolFixture.OFFER, 0, pool(10)));
    beat(FIRST);

    assertThat(only(Assign.class, pool.said).stream().map(Assign::worker))
        .containsExactlyInAnyOrder(ACCOUNT, FIRST);
  }

  @Test
  void aLostMachinesCountGoesOnWithTheOther() {
    joinBoth();
    pool.on(new Left(FIRST));

    pool.openDeal(3, 1);

    assertThat(one(Assign.class, pool.said).machine()).isEqualTo(SECOND);
    assertThat(pool.engine.status().connectedOwners()).isEqualTo(1);
  }

  @Test
  void theAuthorizationNamesTheAccountAndGoesToTheMachine() {
    var committing =
        new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.AFTER_COMMIT));
    committing.on(new Joined(FIRST, ACCOUNT, ACCOUNT, PoolFixture.OFFER, funds()));
    committing.on(new Heartbeat(FIRST, 1, List.of()));
    committing.openDeal(1, 1);
    var given = one(Assign.class, committing.said);

    var commands =
        committing.on(new WorkerEvent.Committed(FIRST, given.attempt(), digest("commit")));

    assertThat(one(Authorize.class, commands))
        .isEqualTo(new Authorize(FIRST, ACCOUNT, given.attempt(), null));
  }

  private void joinBoth() {
    join(FIRST);
    join(SECOND);
  }

  private void join(Address machine) {
    join(machine, funds());
  }

  private void join(Address machine, Funds funds) {
    pool.on(new Joined(machine, ACCOUNT, ACCOUNT, PoolFixture.OFFER, funds));
    beat(machine);
  }

  private void joined(Address machine) {
    pool.on(new Joined(machine, ACCOUNT, ACCOUNT, PoolFixture.OFFER, funds()));
  }

  private void beat(Address machine) {
    pool.on(new Heartbeat(machine, PoolFixture.OFFER.slots(), List.of()));
    pool.on(new Progressed(
        machine, new AttemptId(io.ruche.core.TaskId.of(new byte[32]), 1), Phase.RUNNING, ""));
  }

  private void contributed(Assign given, String result) {
    var task = given.attempt().task();
    pool.on(new WorkerEvent.Contributed(given.machine(), given.attempt(), PoolFixture.tx()));
    var hash =
        io.ruche.core.ContributionHashes.of(ACCOUNT, task, digest(result)).resultHash();
    pool.on(new ChainEvent.TaskContributed(task, ACCOUNT, hash));
  }

  private void fail(Assign given) {
    pool.on(new Failed(given.machine(), given.attempt(), FailureCode.TIMEOUT, 0, ""));
  }

  private static Funds funds() {
    return new Funds(0, pool(10), pool(10));
  }

  /** As many contributions' stake. */
  private static TokenAmount pool(long contributions) {
    return TokenAmount.ofNano(STAKE.nano().longValueExact() * contributions);
  }
}
