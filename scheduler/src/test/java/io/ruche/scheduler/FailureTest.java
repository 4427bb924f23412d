package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.Failure;
import io.ruche.core.FailureCode;
import io.ruche.core.Keccak;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.CertifyFailure;
import io.ruche.scheduler.Command.Finalize;
import io.ruche.scheduler.Command.RequestUpload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final Digest NO_ANSWER = Digest.of(Keccak.hash(new byte[0]));

  private final PoolFixture pool = new PoolFixture();

  private List<Command> fail(int number, TaskId task, FailureCode code) {
    var attempt = pool.engine.task(task).orElseThrow().attempts().stream()
        .filter(a -> a.worker().equals(worker(number)))
        .reduce((first, second) -> second)
        .orElseThrow();
    return pool.on(new WorkerEvent.Failed(
        worker(number), new AttemptId(task, attempt.number()), code, 0, "because"));
  }

  private void joinAll(int count) {
    for (int number = 1; number <= count; number++) {
      pool.join(number);
    }
  }

  @Test
  void aFailedFetchIsRetriedByAnotherOwner() {
    joinAll(2);
    var task = pool.openDeal(1, 1).taskId(0);

    var retried = fail(1, task, FailureCode.FETCH);

    assertThat(only(Assign.class, retried)).singleElement().satisfies(assign -> {
      assertThat(assign.worker()).isEqualTo(worker(2));
      assertThat(assign.attempt().number()).isEqualTo(2);
    });
  }

  @Test
  void whatThreeOwnersReportIsCertifiedByAsManyAsConsensusNeeds() {
    joinAll(5);
    var task = pool.openDeal(1, 1).taskId(0);

    fail(1, task, FailureCode.FETCH);
    fail(2, task, FailureCode.FETCH);
    var certified = fail(3, task, FailureCode.FETCH);

    assertThat(only(CertifyFailure.class, certified))
        .singleElement()
        .satisfies(
            certify -> assertThat(certify.failure()).isEqualTo(new Failure(FailureCode.FETCH, 0)));
    assertThat(only(Assign.class, certified)).isEmpty();
  }

  @Test
  void anOrderToCertifyOutlivesARestart() {
    joinAll(5);
    var task = pool.openDeal(1, 1).taskId(0);
    fail(1, task, FailureCode.FETCH);
    fail(2, task, FailureCode.FETCH);
    fail(3, task, FailureCode.FETCH);

    pool.restart();
    joinAll(5);
    var commands = new ArrayList<>(pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH)));
    commands.addAll(pool.pass(pool.policy.resendAfter()));

    assertThat(only(CertifyFailure.class, commands))
        .extracting(CertifyFailure::worker)
        .containsOnly(worker(1));
    assertThat(pool.journal).filteredOn(Fact.FailureCertified.class::isInstance).hasSize(1);
  }

  @Test
  void aHighTrustNeedsAsManyVotesForAFailureAsForAResult() {
    joinAll(6);
    var task = pool.openDeal(16, 1).taskId(0);

    fail(1, task, FailureCode.CHECKSUM);
    fail(2, task, FailureCode.CHECKSUM);
    assertThat(only(CertifyFailure.class, fail(3, task, FailureCode.CHECKSUM))).isEmpty();
    var certified = fail(4, task, FailureCode.CHECKSUM);
    certified = new ArrayList<>(certified);
    for (int number = 5; number <= 6; number++) {
      certified.addAll(fail(number, task, FailureCode.CHECKSUM));
    }

    assertThat(only(CertifyFailure.class, certified)).hasSize(4);
  }

  @Test
  void fewerReportsSufficeAfterAWaitWhenThereAreNoMoreOwners() {
    joinAll(2);
    var task = pool.openDeal(1, 1).taskId(0);
    fail(1, task, FailureCode.UNSUPPORTED);
    var early = fail(2, task, FailureCode.UNSUPPORTED);

    var late = pool.pass(pool.policy.failureWait());

    assertThat(only(CertifyFailure.class, early)).isEmpty();
    assertThat(only(CertifyFailure.class, late)).hasSize(1);
  }

  @Test
  void theMachinesOwnTroubleIsNeverCertifiedButTriedAgain() {
    joinAll(2);
    var task = pool.openDeal(1, 1).taskId(0);
    fail(1, task, FailureCode.INFRASTRUCTURE);
    fail(2, task, FailureCode.INFRASTRUCTURE);

    pool.pass(pool.policy.failureWait().multipliedBy(3));
    var again = pool.beat(1, 4);

    assertThat(only(CertifyFailure.class, pool.said)).isEmpty();
    assertThat(only(Assign.class, again)).hasSize(1);
  }

  @Test
  void atTheLastCallTheMostReportedEndIsCertifiedRatherThanLosingTheStake() {
    joinAll(2);
    var task = pool.openDeal(1, 1).taskId(0);
    fail(1, task, FailureCode.FETCH);
    fail(2, task, FailureCode.TIMEOUT);
    var contributionTime = PoolFixture.CATEGORY.contributionTime();

    pool.pass(contributionTime.minus(pool.policy.deadlineMargin().multipliedBy(4)));
    var before = only(CertifyFailure.class, pool.said);
    var lastCall = pool.pass(pool.policy.deadlineMargin());

    assertThat(before).isEmpty();
    assertThat(only(CertifyFailure.class, lastCall)).hasSize(1);
  }

  @Test
  void aFailureThatCouldNotWinIsNotContributed() {
    joinAll(3);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    fail(2, task, FailureCode.FETCH);
    fail(3, task, FailureCode.FETCH);

    pool.pass(pool.policy.failureWait());

    assertThat(only(CertifyFailure.class, pool.said)).isEmpty();
  }

  @Test
  void theContractOfAFailedDealIsCalledWithNoBytes() {
    joinAll(1);
    var task = pool.openDeal(deal(1, 1, "", PoolFixture.address(77)), "WASM").taskId(0);
    fail(1, task, FailureCode.FETCH);
    pool.pass(pool.policy.failureWait());
    assertThat(only(CertifyFailure.class, pool.said)).hasSize(1);

    pool.contribute(1, task, NO_ANSWER);
    pool.agree(task, NO_ANSWER);
    var upload = one(RequestUpload.class, pool.reveal(1, task, NO_ANSWER));
    var finalized = one(Finalize.class, pool.store(upload, new Failure(FailureCode.FETCH, 0), ""));

    assertThat(finalized.settlement().callbackData()).isEmpty();
    assertThat(finalized.settlement().results()).contains("FETCH");
  }

  @Test
  void anAppOfUnknownTypeIsGivenOutSoThatItCanFail() {
    joinAll(1);

    var deal = pool.openDeal(deal(1, 1, "", Address.ZERO), "COBOL");

    assertThat(only(Assign.class, pool.said)).hasSize(1);
    fail(1, deal.taskId(0), FailureCode.UNSUPPORTED);
    assertThat(only(CertifyFailure.class, pool.pass(pool.policy.failureWait()))).hasSize(1);
  }

  @Test
  void aRuntimeThatNobodyOffersIsGivenOutAfterAWait() {
    joinAll(1);
    pool.openDeal(deal(1, 1, "", Address.ZERO), "DOCKER");
    assertThat(only(Assign.class, pool.said)).isEmpty();

    pool.pass(pool.policy.failureWait());
    pool.beat(1, 4);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aLostOrderToCertifyIsSentAgain() {
    joinAll(1);
    var task = pool.openDeal(1, 1).taskId(0);
    fail(1, task, FailureCode.FETCH);
    pool.pass(pool.policy.failureWait());

    var again = pool.pass(pool.policy.resendAfter());

    assertThat(only(CertifyFailure.class, again)).hasSize(1);
  }
}
