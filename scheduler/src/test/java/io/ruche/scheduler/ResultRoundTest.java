package io.ruche.scheduler;

import static io.ruche.scheduler.PoolFixture.digest;
import static io.ruche.scheduler.PoolFixture.one;
import static io.ruche.scheduler.PoolFixture.only;
import static io.ruche.scheduler.PoolFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.ContributionHashes;
import io.ruche.core.Salt;
import io.ruche.core.Settlement;
import io.ruche.core.TaskId;
import io.ruche.core.TokenAmount;
import io.ruche.scheduler.Command.Assign;
import io.ruche.scheduler.Command.Authorize;
import io.ruche.scheduler.Command.Finalize;
import io.ruche.scheduler.Command.RequestUpload;
import io.ruche.scheduler.Command.Reveal;
import io.ruche.scheduler.WorkerEvent.Committed;
import io.ruche.scheduler.WorkerEvent.Joined;
import io.ruche.scheduler.WorkerEvent.Opened;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultRoundTest {
  private static final Salt SALT = new Salt("0x" + "5".repeat(64));
  private static final Settlement SETTLEMENT =
      new Settlement("{\"storage\":\"ipfs\",\"location\":\"/ipfs/bafkrei\"}", "");

  private final PoolFixture pool =
      new PoolFixture(SchedulerPolicy.defaults().withCertification(Certification.AFTER_RESULT));

  private TaskId running() {
    pool.join(1);
    return pool.openDeal(1, 1).taskId(0);
  }

  private List<Command> ran(int number, TaskId task, int attempt, String result) {
    var id = new AttemptId(task, attempt);
    var commit = ContributionHashes.offChainCommit(digest(result), SALT);
    pool.on(new Committed(worker(number), id, commit));
    return pool.on(new Opened(worker(number), id, digest(result), SALT));
  }

  @Test
  void theStoredResultComesBeforeTheLeaveThatEndsTheTask() {
    var task = running();
    assertThat(one(Assign.class, pool.said).release()).isEqualTo(Release.AFTER_RESULT);
    assertThat(one(Assign.class, pool.said).isAuthorized()).isFalse();

    var upload = one(RequestUpload.class, ran(1, task, 1, "a"));
    assertThat(upload.digest()).isEqualTo(digest("a"));
    assertThat(only(Authorize.class, pool.said)).isEmpty();

    var leave = one(Authorize.class, pool.store(upload, ""));
    assertThat(leave)
        .isEqualTo(new Authorize(worker(1), worker(1), new AttemptId(task, 1), SETTLEMENT));
    assertThat(pool.journal).contains(new Fact.AttemptAuthorized(new AttemptId(task, 1)));
  }

  @Test
  void thePoolSendsNothingForATaskThatSettlesItself() {
    var task = running();
    pool.store(one(RequestUpload.class, ran(1, task, 1, "a")), "");
    pool.said.clear();

    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.reveal(1, task, digest("a"));
    pool.on(new ChainEvent.TaskFinalized(task));

    assertThat(pool.said)
        .noneMatch(command -> command instanceof Reveal || command instanceof Finalize);
  }

  @Test
  void aWorkerThatOnlyVotesIsToldToRevealAndTheTaskIsFinalized() {
    var task = running();
    pool.store(one(RequestUpload.class, ran(1, task, 1, "a")), "");
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));

    assertThat(only(Reveal.class, pool.pass(RevealStage.CHAIN_SLACK))).hasSize(1);
    var finalized = one(Finalize.class, pool.reveal(1, task, digest("a")));
    assertThat(finalized.settlement()).isEqualTo(SETTLEMENT);
  }

  @Test
  void aWorkerThatDoesNotUploadLosesTheTask() {
    var task = running();
    ran(1, task, 1, "a");
    pool.join(2);

    var commands = pool.pass(pool.policy.uploadPatience());

    assertThat(one(Command.Abort.class, commands).machine()).isEqualTo(worker(1));
    assertThat(one(Assign.class, commands).worker()).isEqualTo(worker(2));
  }

  /** It has lost what it computed in a power cut, or never means to tell. */
  @Test
  void aWorkerThatDoesNotOpenItsCommitLosesTheTask() {
    var task = running();
    var commit = ContributionHashes.offChainCommit(digest("a"), SALT);
    pool.on(new Committed(worker(1), new AttemptId(task, 1), commit));
    pool.join(2);
    assertThat(pool.pass(pool.policy.uploadPatience().minusMillis(1))).isEmpty();

    var commands = pool.pass(Duration.ofMillis(1));

    assertThat(one(Command.Abort.class, commands).machine()).isEqualTo(worker(1));
    assertThat(one(Assign.class, commands).worker()).isEqualTo(worker(2));
  }

  @Test
  void theResultOfADroppedAttemptIsNotGivenToAnother() {
    var task = running();
    pool.store(one(RequestUpload.class, ran(1, task, 1, "a")), "");
    pool.join(2);
    pool.pass(Duration.ofMinutes(5));

    var again = ran(2, task, 2, "b");

    assertThat(one(RequestUpload.class, again).digest()).isEqualTo(digest("b"));
    assertThat(only(Authorize.class, again)).isEmpty();
  }

  @Test
  void aLeaveWithoutEffectIsSentAgainAlsoAfterARestart() {
    var task = running();
    pool.store(one(RequestUpload.class, ran(1, task, 1, "a")), "");

    var again = pool.pass(pool.policy.resendAfter());

    assertThat(one(Authorize.class, again).settlement()).isEqualTo(SETTLEMENT);
  }

  @Test
  void noStakeIsNeeded() {
    pool.on(Joined.ofWallet(worker(1), worker(1), PoolFixture.OFFER, 0, TokenAmount.ZERO));
    pool.beat(1, 1);

    pool.openDeal(1, 1);

    assertThat(only(Assign.class, pool.said)).hasSize(1);
  }

  @Test
  void onceSomebodyVotedTheRestIsPutToTheVoteToo() {
    var task = running();
    pool.store(one(RequestUpload.class, ran(1, task, 1, "a")), "");
    pool.contribute(1, task, digest("a"));
    pool.agree(task, digest("a"));
    pool.pass(PoolFixture.CATEGORY.revealTime().plus(RevealStage.CHAIN_SLACK));
    assertThat(only(Command.Reopen.class, pool.said)).hasSize(1);
    pool.join(2);

    pool.on(new ChainEvent.TaskReopened(task));

    assertThat(only(Assign.class, pool.said)).last().satisfies(assign -> {
      assertThat(assign.worker()).isEqualTo(worker(2));
      assertThat(assign.release()).isEqualTo(Release.WITH_WORK);
      assertThat(assign.isAuthorized()).isTrue();
    });
  }

  @Test
  void moreTrustThanOneIsPutToTheVote() {
    pool.join(1);
    pool.join(2);
    pool.openDeal(3, 1);

    assertThat(only(Assign.class, pool.said))
        .hasSize(2)
        .allMatch(assign -> assign.release() == Release.WITH_WORK && assign.isAuthorized());
  }
}
