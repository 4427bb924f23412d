package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.CATEGORY;
import static io.ruche.scheduler.PoolFixture.deal;
import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.observed;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.revealed;
import static io.ruche.scheduler.PoolFixture.vote;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Digest;
import io.ruche.core.Hex;
import io.ruche.core.Keccak;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.scheduler.ChainEvent.ContributionStatus;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Done;
import io.ruche.scheduler.Command.Finalize;
import io.ruche.scheduler.Command.Observe;
import io.ruche.scheduler.Command.Reopen;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.Command.Reveal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RevealTest {
  private final PoolFixture pool = new PoolFixture();

  /** Two of two agreed on {@code a}. */
  private TaskId agreed() {
    pool.join(1);
    pool.join(2);
    pool.join(3);
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.contribute(2, task, digest("a"));
    pool.agree(task, digest("a"));
    return task;
  }

  @Test
  void aWinnerThatStaysSilentIsToldAgain() {
    agreed();

    var again = pool.pass(pool.policy.resendAfter());

    assertThat(only(Reveal.class, again)).hasSize(2);
  }

  /** It lost its session in the first attempt, was given a second, and voted in the first. */
  @Test
  void aWorkerThatVotedInAnotherAttemptIsAskedForThatOnesResult() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.on(new WorkerEvent.Left(worker(1)));
    pool.pass(pool.policy.reconnectGrace().plusSeconds(1));
    pool.join(1);
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    var second = one(RequestUpload.class, pool.reveal(1, task, digest("a"))).attempt();
    assertThat(second.number()).isEqualTo(2);

    pool.on(new WorkerEvent.Refused(worker(1), second, "UNKNOWN_ATTEMPT", ""));
    var again = pool.pass(pool.policy.resendAfter().plusSeconds(1));

    assertThat(one(RequestUpload.class, again).attempt().number()).isEqualTo(1);
  }

  @Test
  void allRevealedIsFinalizedAtOnce() {
    var task = agreed();
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    assertThat(only(Finalize.class, pool.store(upload, ""))).isEmpty();

    var finalized = pool.reveal(2, task, digest("a"));

    assertThat(only(Finalize.class, finalized)).hasSize(1);
  }

  @Test
  void oneRevealSufficesWhenTheTimeToRevealIsOver() {
    var task = agreed();
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    pool.store(upload, "");

    assertThat(only(Finalize.class, pool.pass(CATEGORY.revealTime()))).isEmpty();
    assertThat(only(Finalize.class, pool.pass(RevealStage.CHAIN_SLACK))).hasSize(1);
  }

  @Test
  void whenNobodyRevealsTheTaskIsReopenedForOthers() {
    var task = agreed();

    var reopened = pool.pass(CATEGORY.revealTime().plus(RevealStage.CHAIN_SLACK));
    assertThat(only(Reopen.class, reopened)).hasSize(1);
    pool.join(3);
    pool.join(4);
    pool.on(new ChainEvent.TaskReopened(task));

    assertThat(only(Assign.class, pool.said))
        .extracting(Assign::worker)
        .containsExactly(worker(1), worker(2), worker(3), worker(4));
  }

  @Test
  void anOldReopeningToldAgainChangesNothing() {
    var task = agreed();

    var commands = pool.on(new ChainEvent.TaskReopened(task));

    assertThat(pool.engine.task(task).orElseThrow().status()).isEqualTo(TaskStatus.REVEALING);
    assertThat(one(Observe.class, commands).tasks()).containsExactly(task);
  }

  @Test
  void whenOneWinnerCannotUploadTheNextIsAsked() {
    var task = agreed();
    var first = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    pool.reveal(2, task, digest("a"));

    var second = one(
        RequestUpload.class,
        pool.on(new ShellEvent.UploadFailed(first.machine(), first.attempt(), "disk full")));

    assertThat(first.machine()).isEqualTo(worker(1));
    assertThat(second.machine()).isEqualTo(worker(2));
  }

  /** A worker says that its upload failed right after the pool has refused it. */
  @Test
  void whoeverFailedIsAskedAgainAfterARestWhateverIsSaidMeanwhile() {
    pool.join(1);
    var task = pool.openDeal(1, 1).taskId(0);
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));

    var refused =
        pool.on(new ShellEvent.UploadFailed(upload.machine(), upload.attempt(), "MISMATCH"));
    var told = pool.on(new WorkerEvent.Progressed(
        upload.machine(), upload.attempt(), Phase.REVEALED, "upload failed"));
    var early = pool.pass(pool.policy.resendAfter().minusMillis(1));
    var again = pool.pass(Duration.ofMillis(1));

    assertThat(only(RequestUpload.class, refused)).isEmpty();
    assertThat(only(RequestUpload.class, told)).isEmpty();
    assertThat(only(RequestUpload.class, early)).isEmpty();
    assertThat(only(RequestUpload.class, again)).hasSize(1);
  }

  /** The hub fills in the digest with the first reveal. */
  @Test
  void aRevealWithoutADigestIsNone() {
    var task = agreed();

    var seen = pool.on(observed(
        task,
        TaskStatus.REVEALING,
        pool.now.plus(CATEGORY.revealTime()),
        vote(1, task, digest("a"), ContributionStatus.PROVED)));

    assertThat(only(RequestUpload.class, seen)).isEmpty();
    assertThat(one(RequestUpload.class, pool.reveal(1, task, digest("a"))).digest())
        .isEqualTo(digest("a"));
  }

  @Test
  void anUploadOfAnotherDigestIsNotKeptAndTheNextWinnerIsAsked() {
    var task = agreed();
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));

    pool.reveal(2, task, digest("a"));

    var next = pool.on(new ShellEvent.ResultStored(
        upload.machine(), upload.attempt(), new StoredResult("cid", digest("b"), null, "")));

    assertThat(only(Finalize.class, pool.said)).isEmpty();
    assertThat(pool.journal).noneMatch(Fact.ResultKept.class::isInstance);
    assertThat(one(RequestUpload.class, next).machine()).isEqualTo(worker(2));
  }

  @Test
  void aKeptResultIsForgottenWhenAReorgBringsAnotherConsensus() {
    var task = agreed();
    pool.store(one(RequestUpload.class, pool.reveal(1, task, digest("a"))), "");

    pool.on(revealed(
        task,
        TaskStatus.REVEALING,
        pool.now.plus(CATEGORY.revealTime()),
        digest("b"),
        vote(1, task, digest("b"), ContributionStatus.PROVED),
        vote(2, task, digest("b"), ContributionStatus.PROVED)));
    var later = pool.pass(pool.policy.uploadPatience());

    assertThat(only(Finalize.class, pool.said)).isEmpty();
    assertThat(only(RequestUpload.class, later)).isNotEmpty();
  }

  @Test
  void losersAreToldWhenTheTaskIsSettled() {
    for (int number = 1; number <= 4; number++) {
      pool.join(number);
    }
    var task = pool.openDeal(3, 1).taskId(0);
    pool.contribute(1, task, digest("lie"));
    for (int number = 2; number <= 4; number++) {
      pool.contribute(number, task, digest("a"));
    }
    pool.agree(task, digest("a"));
    pool.on(new ChainEvent.TaskFinalized(task));

    var done = pool.pass(pool.policy.confirmAfter());

    assertThat(only(Done.class, done))
        .extracting(Done::outcome)
        .containsExactly("outvoted", "won", "won", "won");
  }

  @Test
  void aCallbackGetsTheBytesThatWereAgreedOn() {
    pool.join(1);
    var bytes = new byte[] {1, 2, 3};
    var digest = Digest.of(Keccak.hash(bytes));
    var task = pool.openDeal(deal(1, 1, "", PoolFixture.address(77)), "WASM").taskId(0);
    pool.contribute(1, task, digest);
    pool.agree(task, digest);
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest));

    var finalized = one(Finalize.class, pool.store(upload, Hex.encode(bytes)));

    assertThat(finalized.settlement().callbackData()).isEqualTo("0x010203");
  }

  @Test
  void aFinalizeWithoutEffectIsRepeatedOnlyAfterALookAtTheChain() {
    var task = agreed();
    var upload = one(RequestUpload.class, pool.reveal(1, task, digest("a")));
    pool.store(upload, "");
    pool.reveal(2, task, digest("a"));

    var looked = pool.pass(pool.policy.txPatience());
    var revealDeadline = pool.now.plus(CATEGORY.revealTime());
    var repeated = pool.on(revealed(
        task,
        TaskStatus.REVEALING,
        revealDeadline,
        digest("a"),
        vote(1, task, digest("a"), ContributionStatus.PROVED),
        vote(2, task, digest("a"), ContributionStatus.PROVED)));

    assertThat(only(Observe.class, looked)).hasSize(1);
    assertThat(only(Finalize.class, looked)).isEmpty();
    assertThat(only(Finalize.class, repeated)).hasSize(1);
  }
}
