package io.ruche.scheduler;

import static io.ruche.scheduler.Canceller.CANCELLED;
import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
import io.ruche.core.Cancellation;
import io.ruche.core.ContributionHashes;
import io.ruche.core.Digest;
import io.ruche.core.FailureCode;
import io.ruche.core.Salt;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.Command.Abort;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Authorize;
import io.ruche.scheduler.Command.Cancel;
import io.ruche.scheduler.Command.CertifyFailure;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.WorkerEvent.Committed;
import io.ruche.scheduler.WorkerEvent.Joined;
import io.ruche.scheduler.WorkerEvent.Opened;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTest {
  private static final Address REQUESTER = PoolFixture.address(904);
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));
  private static final Cancellation WORD =
      new Cancellation(PoolFixture.START, new Signature("0x" + "2c".repeat(65)));
  private static final WorkerOffer OLD =
      new WorkerOffer(4, 4096, 100_000, List.of("WASM"), false, 0, null);
  private static final Digest CANCELLED_DIGEST = FailureVote.digest(CANCELLED, CallbackKind.NONE);

  private PoolFixture pool = new PoolFixture();

  private void with(Certification certification) {
    pool = new PoolFixture(SchedulerPolicy.defaults().withCertification(certification));
  }

  private void joinAll(int count) {
    for (int number = 1; number <= count; number++) {
      pool.join(number);
    }
  }

  private TaskId running(long trust, int workers) {
    joinAll(workers);
    return pool.openDeal(trust, 1).taskId(0);
  }

  private List<Command> cancel(TaskId task) {
    return pool.on(new ShellEvent.CancelAsked(task, REQUESTER, WORD));
  }

  private CancelState state(TaskId task) {
    return pool.engine.cancelState(task, pool.now);
  }

  private AttemptId attemptOf(int number, TaskId task) {
    return pool.engine.task(task).orElseThrow().attempts().stream()
        .filter(attempt -> attempt.worker().equals(worker(number)))
        .reduce((first, second) -> second)
        .map(attempt -> new AttemptId(task, attempt.number()))
        .orElseThrow();
  }

  private List<Command> stopped(int number, TaskId task) {
    return failed(number, task, FailureCode.CANCELLED);
  }

  private List<Command> failed(int number, TaskId task, FailureCode code) {
    return pool.on(new WorkerEvent.Failed(worker(number), attemptOf(number, task), code, 0, ""));
  }

  private List<Command> refused(int number, TaskId task, String code) {
    return pool.on(new WorkerEvent.Refused(worker(number), attemptOf(number, task), code, ""));
  }

  private List<Command> commit(int number, TaskId task, Digest digest) {
    var id = attemptOf(number, task);
    pool.on(new Committed(worker(number), id, ContributionHashes.offChainCommit(digest, SALT)));
    return pool.on(new Opened(worker(number), id, digest, SALT));
  }

  private boolean isAnybodyAskedToSaySo() {
    return only(CertifyFailure.class, pool.said).stream()
        .anyMatch(certify -> certify.failure().equals(CANCELLED));
  }

  @Test
  void aRunIsToldThenAskedToSayThatItWasCancelled() {
    var task = running(1, 1);

    var told = one(Cancel.class, cancel(task));
    assertThat(told).isEqualTo(new Cancel(worker(1), new AttemptId(task, 1), WORD));
    assertThat(pool.journal)
        .contains(
            new Fact.CancelAsked(pool.engine.task(task).orElseThrow().deal(), 0, REQUESTER, WORD));
    assertThat(state(task)).isEqualTo(new CancelState.Stopping(1));
    assertThat(isAnybodyAskedToSaySo()).isFalse();

    var certify = one(CertifyFailure.class, stopped(1, task));
    assertThat(certify.failure()).isEqualTo(CANCELLED);
    assertThat(certify.isAuthorized()).isTrue();
    assertThat(state(task)).isEqualTo(new CancelState.Stopping(0));
  }

  @Test
  void saidTwiceItIsDoneOnce() {
    var task = running(1, 1);
    cancel(task);

    assertThat(cancel(task)).isEmpty();
    assertThat(pool.journal)
        .filteredOn(fact -> fact instanceof Fact.CancelAsked)
        .hasSize(1);
  }

  @Test
  void whereOneRunSufficesTheCancellationIsStoredFirstAndSettledWithoutStake() {
    with(Certification.AFTER_RESULT);
    pool.on(Joined.ofWallet(worker(1), worker(1), PoolFixture.OFFER, 0, TokenAmount.ZERO));
    pool.beat(1, 1);
    var task = pool.openDeal(1, 1).taskId(0);
    cancel(task);

    assertThat(one(CertifyFailure.class, stopped(1, task)).isAuthorized()).isFalse();
    var upload = one(RequestUpload.class, commit(1, task, CANCELLED_DIGEST));
    var leave = one(Authorize.class, pool.store(upload, CANCELLED, ""));

    assertThat(leave.settlement()).isNotNull();
  }

  @Test
  void whatIsHandedInMustBeTheCancellation() {
    with(Certification.AFTER_RESULT);
    var task = running(1, 1);
    cancel(task);
    stopped(1, task);

    var commands = commit(1, task, digest("a"));

    assertThat(only(RequestUpload.class, commands)).isEmpty();
    assertThat(one(Abort.class, commands).machine()).isEqualTo(worker(1));
  }

  @Test
  void asManyStopAsTheTrustNeedsAndAllOfThemSaySo() {
    var task = running(3, 2);
    assertThat(only(Cancel.class, cancel(task))).hasSize(2);

    assertThat(only(CertifyFailure.class, stopped(1, task))).isEmpty();
    assertThat(only(CertifyFailure.class, stopped(2, task)))
        .extracting(CertifyFailure::worker)
        .containsExactly(worker(1), worker(2));
    assertThat(only(Assign.class, pool.said)).hasSize(2);
  }

  @Test
  void whoseVoteWouldSufficeWaitsForWhoMayHaveAResult() {
    pool.join(1);
    pool.on(Joined.ofWallet(
        worker(2), worker(2), PoolFixture.OFFER, 300, TokenAmount.ofNano(1_000_000)));
    pool.beat(2, 4);
    var task = pool.openDeal(3, 1).taskId(0);
    cancel(task);

    stopped(2, task);
    pool.pass(pool.policy.failureWait());
    assertThat(isAnybodyAskedToSaySo()).isFalse();

    assertThat(only(CertifyFailure.class, stopped(1, task))).isNotEmpty();
  }

  @Test
  void aContributionOvertakesTheCancelAndTheTaskGoesOn() {
    var task = running(3, 3);
    cancel(task);
    stopped(1, task);

    pool.contribute(2, task, digest("a"));
    pool.pass(pool.policy.failureWait().multipliedBy(4));

    assertThat(isAnybodyAskedToSaySo()).isFalse();
    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
    assertThat(only(Assign.class, pool.said).getLast().cancellation()).isNull();
    assertThat(only(Assign.class, pool.said).getLast().isAuthorized()).isTrue();
  }

  @Test
  void aRunThatSaysItIsPastItsResultOvertakesTheCancel() {
    var task = running(3, 2);
    cancel(task);

    pool.on(new WorkerEvent.Progressed(worker(1), attemptOf(1, task), Phase.CONTRIBUTING, ""));
    stopped(2, task);

    assertThat(isAnybodyAskedToSaySo()).isFalse();
    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
  }

  @Test
  void aCommittedResultIsTooLateToCancel() {
    with(Certification.AFTER_COMMIT);
    var task = running(3, 2);
    commit(1, task, digest("a"));

    assertThat(cancel(task)).isEmpty();
    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
    commit(2, task, digest("a"));
    assertThat(only(Authorize.class, pool.said)).hasSize(2);
  }

  @Test
  void aCommitThatCrossesTheCancelOvertakesIt() {
    with(Certification.AFTER_RESULT);
    var task = running(1, 1);
    cancel(task);

    var upload = one(RequestUpload.class, commit(1, task, digest("a")));

    assertThat(one(Authorize.class, pool.store(upload, "")).worker()).isEqualTo(worker(1));
    assertThat(pool.journal).anyMatch(fact -> fact instanceof Fact.CancelOvertaken);
  }

  @Test
  void copiesThatOnlyCommitAreStoppedInTheCommitRoundToo() {
    with(Certification.AFTER_COMMIT);
    var task = running(3, 2);
    cancel(task);
    stopped(1, task);

    assertThat(only(CertifyFailure.class, stopped(2, task))).hasSize(2);
    assertThat(only(Authorize.class, pool.said)).isEmpty();
  }

  @Test
  void whoIsLostWithLeaveMayContributeSoTheTaskGoesOn() {
    var task = running(1, 1);
    pool.on(new WorkerEvent.Left(worker(1)));
    cancel(task);
    pool.join(2);

    pool.pass(pool.policy.reconnectGrace());
    var second = only(Assign.class, pool.said).getLast();
    assertThat(second.cancellation()).isEqualTo(WORD);
    assertThat(second.isAuthorized()).isFalse();
    stopped(2, task);
    assertThat(isAnybodyAskedToSaySo()).isFalse();

    pool.pass(pool.policy.workerLostAfter().multipliedBy(2));
    pool.beat(2, 4);
    assertThat(isAnybodyAskedToSaySo()).isFalse();
    assertThat(only(Assign.class, pool.said).getLast().cancellation()).isNull();
  }

  @Test
  void whoComesBackAndHoldsNothingIsNoDangerAnyMore() {
    var task = running(1, 1);
    pool.on(new WorkerEvent.Left(worker(1)));
    pool.pass(pool.policy.reconnectGrace());
    cancel(task);

    pool.rejoin(1, PoolFixture.OFFER);
    assertThat(only(Cancel.class, pool.pass(pool.policy.resendAfter())))
        .extracting(Cancel::attempt)
        .containsExactly(new AttemptId(task, 1));
    pool.on(new WorkerEvent.Refused(worker(1), new AttemptId(task, 1), "UNKNOWN_ATTEMPT", ""));
    pool.pass(pool.policy.failureWait());
    pool.beat(1, 4);

    var last = only(Assign.class, pool.said).getLast();
    assertThat(last.cancellation()).isEqualTo(WORD);
    assertThat(only(CertifyFailure.class, stopped(1, task))).hasSize(1);
  }

  @Test
  void aRefusedContributionMayComeBackWithTheChain() {
    var task = running(3, 2);
    cancel(task);
    stopped(1, task);

    refused(2, task, "CONTRIBUTION_REFUSED");

    assertThat(isAnybodyAskedToSaySo()).isFalse();
    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
  }

  @Test
  void aWorkerThatRefusesWithoutADigestIsOutOfTheWay() {
    var task = running(1, 1);
    cancel(task);
    refused(1, task, "OWNER_BACK");
    pool.join(2);

    assertThat(only(CertifyFailure.class, stopped(2, task))).hasSize(1);
  }

  @Test
  void afterSomebodyWasAskedNothingOvertakesItAndNoRunGetsLeave() {
    var task = running(3, 2);
    cancel(task);
    stopped(1, task);
    stopped(2, task);

    pool.contribute(1, task, CANCELLED_DIGEST);
    pool.contribute(2, task, digest("a"));
    pool.join(3);
    pool.beat(3, 4);

    pool.join(4);
    assertThat(only(Assign.class, pool.said).subList(2, 4)).allSatisfy(assign -> {
      assertThat(assign.isAuthorized()).isFalse();
      assertThat(assign.cancellation()).isEqualTo(WORD);
    });
    stopped(3, task);
    assertThat(only(CertifyFailure.class, stopped(4, task))).hasSize(2);
  }

  @Test
  void aTaskThatNobodyRunsYetIsGivenOutOnlyToEnd() {
    var task = pool.openDeal(3, 1).taskId(0);
    cancel(task);
    assertThat(state(task)).isEqualTo(new CancelState.Stopping(0));

    joinAll(2);

    assertThat(only(Assign.class, pool.said)).hasSize(2).allSatisfy(assign -> {
      assertThat(assign.cancellation()).isEqualTo(WORD);
      assertThat(assign.isAuthorized()).isFalse();
    });
    stopped(1, task);
    assertThat(only(CertifyFailure.class, stopped(2, task))).hasSize(2);
  }

  @Test
  void aTaskThatIsNotOnChainYetIsInitializedToEnd() {
    var deal = deal(1, 1, "", Address.ZERO);
    assertThat(only(Command.Initialize.class, pool.match(deal, "WASM"))).hasSize(1);

    cancel(deal.taskId(0));
    pool.join(1);

    var assign = one(Assign.class, pool.on(new ChainEvent.TaskInitialized(deal.taskId(0))));
    assertThat(assign.cancellation()).isEqualTo(WORD);
  }

  @Test
  void anyAppCanBeCancelledByAnybody() {
    pool.openDeal(deal(1, 1, "", Address.ZERO), "DOCKER");
    var task = deal(1, 1, "", Address.ZERO).taskId(0);
    pool.join(1);
    assertThat(only(Assign.class, pool.said)).isEmpty();

    cancel(task);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void aContractIsCalledBackAsForAnyFailure() {
    joinAll(1);
    var deal = deal(1, 1, "", PoolFixture.address(77));
    var task = pool.openDeal(deal, "WASM").taskId(0);
    cancel(task);
    stopped(1, task);

    var noAnswer = FailureVote.digest(CANCELLED, deal.callbackKind());
    pool.contribute(1, task, noAnswer);
    pool.agree(task, noAnswer);
    var upload = one(RequestUpload.class, pool.reveal(1, task, noAnswer));
    var end = one(Command.Finalize.class, pool.store(upload, CANCELLED, ""));

    assertThat(end.settlement().results()).contains("CANCELLED");
  }

  @Test
  void anOldWorkerWithLeaveCannotBeStopped() {
    pool.join(1, OLD);
    var task = pool.openDeal(1, 1).taskId(0);

    assertThat(cancel(task)).isEmpty();
    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
  }

  @Test
  void anOldWorkerWithoutLeaveIsAbortedAndAnotherSaysSo() {
    with(Certification.AFTER_RESULT);
    pool.join(1, OLD);
    var task = pool.openDeal(1, 1).taskId(0);

    assertThat(one(Abort.class, cancel(task)).machine()).isEqualTo(worker(1));
    assertThat(only(Assign.class, pool.beat(1, 4))).isEmpty();

    pool.join(2);
    assertThat(only(CertifyFailure.class, stopped(2, task))).hasSize(1);
  }

  @Test
  void whereAllWorkersAreOldTheTaskGoesOn() {
    with(Certification.AFTER_RESULT);
    pool.join(1, OLD);
    var task = pool.openDeal(1, 1).taskId(0);
    cancel(task);

    pool.pass(pool.policy.workerLostAfter().plusSeconds(1));
    pool.beat(1, 4);

    assertThat(only(Assign.class, pool.said)).hasSize(2);
    assertThat(pool.journal).anyMatch(fact -> fact instanceof Fact.CancelOvertaken);
  }

  @Test
  void reportsOfACancelThatNobodyAskedForAreNeverCertified() {
    var task = running(1, 5);
    for (int number = 1; number <= 5; number++) {
      stopped(number, task);
    }
    pool.pass(PoolFixture.CATEGORY.contributionTime());

    assertThat(isAnybodyAskedToSaySo()).isFalse();
  }

  @Test
  void whatIsBeingCertifiedAlreadyIsNotCancelled() {
    var task = running(1, 3);
    failed(1, task, FailureCode.FETCH);
    failed(2, task, FailureCode.FETCH);
    failed(3, task, FailureCode.FETCH);

    cancel(task);

    assertThat(state(task)).isInstanceOf(CancelState.TooLate.class);
  }

  @Test
  void aSettledTaskAndAnUnknownOneAreToldApart() {
    var task = running(1, 1);
    pool.on(new ChainEvent.TaskFinalized(task));

    assertThat(state(task)).isEqualTo(new CancelState.Settled());
    assertThat(state(TaskId.of(new byte[32]))).isEqualTo(new CancelState.Unknown());
  }

  @Test
  void aCancelOutlivesARestart() {
    var task = running(3, 2);
    cancel(task);
    stopped(1, task);

    pool.restart();
    joinAll(2);
    pool.on(observed(task, TaskStatus.ACTIVE, Instant.EPOCH));
    assertThat(state(task)).isEqualTo(new CancelState.Stopping(1));
    pool.said.clear();
    pool.pass(pool.policy.resendAfter());
    assertThat(only(Cancel.class, pool.said)).isNotEmpty();

    assertThat(only(CertifyFailure.class, stopped(2, task))).hasSize(2);
    var snapshot = pool.engine.snapshot();
    pool.journal.clear();
    pool.journal.addAll(snapshot);
    pool.restart();
    joinAll(2);
    pool.on(observed(
        task,
        TaskStatus.ACTIVE,
        Instant.EPOCH,
        PoolFixture.vote(1, task, CANCELLED_DIGEST, ContributionStatus.CONTRIBUTED)));
    pool.said.clear();
    pool.pass(pool.policy.resendAfter());
    assertThat(only(CertifyFailure.class, pool.said))
        .extracting(CertifyFailure::worker)
        .contains(worker(2));
  }

  @Test
  void theTaskSaysThatItsRequesterStoppedIt() {
    var task = running(1, 1);
    cancel(task);

    assertThat(pool.engine.explain(task, pool.now).reasons())
        .first()
        .isEqualTo(new Reason.Cancelled(1));
  }
}
