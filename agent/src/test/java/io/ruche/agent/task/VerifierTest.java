package io.ruche.agent.task;

import static io.ruche.agent.Fixtures.CHAIN_ID;
import static io.ruche.agent.Fixtures.DEAL;
import static io.ruche.agent.Fixtures.FIRST;
import static io.ruche.agent.Fixtures.OWNER;
import static io.ruche.agent.Fixtures.REQUESTER;
import static io.ruche.agent.Fixtures.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.agent.FakeChain;
import io.ruche.agent.Fixtures;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.Cancellation;
import io.ruche.core.DealId;
import io.ruche.core.Digest;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import io.ruche.core.Signature;
import io.ruche.core.TokenAmount;
import io.ruche.worker.AttemptId;
import io.ruche.worker.Command;
import io.ruche.worker.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final AttemptId ID = new AttemptId(Fixtures.task(FIRST), 1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private final FakeChain chain = new FakeChain();
  private Instant now = Instant.now();
  private final Verifier verifier = new Verifier(
      new DealBook(chain, Duration.ZERO), chain, WORKER.address(), CHAIN_ID, PATIENCE, () -> now);

  @BeforeEach
  void sell() {
    var checksum = new Sha256("0x" + "77".repeat(32));
    chain.sell(Fixtures.facts("", Fixtures.app("WASM", "http://app", checksum)));
  }

  private static Signature leave(Wallet signer) {
    return signer.authorize(WORKER.address(), ID.task(), Address.ZERO).signature();
  }

  private Event verify(DealId deal, long index, @Nullable Signature authorization)
      throws InterruptedException {
    return verifier.verify(new Command.Verify(ID, deal, index, authorization, false));
  }

  private String codeOf(DealId deal, long index, @Nullable Signature authorization)
      throws InterruptedException {
    return ((Event.Mismatched) verify(deal, index, authorization)).code();
  }

  @Test
  void whatAnEarlierAttemptContributedIsRunAgainOnlyWhenTheChainForgotIt() throws Exception {
    var again = new Command.Verify(ID, DEAL, FIRST, null, true);
    assertThat(verifier.verify(again)).isInstanceOf(Event.Verified.class);

    chain.contribute(
        ID,
        OWNER.authorize(WORKER.address(), ID.task(), Address.ZERO),
        new Digest("0x" + "12".repeat(32)));

    assertThat(verifier.verify(again))
        .isInstanceOfSatisfying(
            Event.Mismatched.class,
            told -> assertThat(told.code()).isEqualTo("ALREADY_CONTRIBUTED"));
  }

  @Test
  void aDealThatAgreesGivesItsTerms() throws Exception {
    var verified = (Event.Verified) verify(DEAL, FIRST, leave(OWNER));

    var start = chain.deal(DEAL).orElseThrow().deal().startTime();
    assertThat(verified.terms().contributionDeadline()).isEqualTo(start.plusSeconds(2_100));
    assertThat(verified.terms().finalDeadline()).isEqualTo(start.plusSeconds(3_000));
    assertThat(verified.terms().workerStake()).isEqualTo(TokenAmount.ofNano(3));
    assertThat(verified.terms().freeStake()).isEqualTo(TokenAmount.ofNano(100));
  }

  @Test
  void aNodeThatIsAwayForAMomentIsAskedAgain() throws Exception {
    chain.missStakes(2);

    assertThat(verify(DEAL, FIRST, null)).isInstanceOf(Event.Verified.class);
  }

  @Test
  void aNodeThatStaysAwayFailsTheAttempt() {
    chain.missStakes(2);
    var impatient = new Verifier(
        new DealBook(chain, Duration.ZERO),
        chain,
        WORKER.address(),
        CHAIN_ID,
        Duration.ZERO,
        () -> now);

    Assertions.assertThatThrownBy(
            () -> impatient.verify(new Command.Verify(ID, DEAL, FIRST, null, false)))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("CHAIN_UNREACHABLE"));
  }

  @Test
  void withoutAnAuthorizationTheDealAloneIsCompared() throws Exception {
    assertThat(verify(DEAL, FIRST, null)).isInstanceOf(Event.Verified.class);
  }

  @Test
  void whatTheChainDoesNotConfirmIsNamed() throws Exception {
    assertThat(codeOf(new DealId("0x" + "00".repeat(32)), FIRST, null)).isEqualTo("DEAL_UNKNOWN");
    assertThat(codeOf(DEAL, FIRST + 1, null)).isEqualTo("TASK_MISMATCH");
    assertThat(codeOf(DEAL, FIRST + 3, null)).isEqualTo("TASK_MISMATCH");
    assertThat(codeOf(DEAL, FIRST - 1, null)).isEqualTo("TASK_MISMATCH");
    assertThat(codeOf(DEAL, FIRST, leave(WORKER))).isEqualTo("BAD_AUTHORIZATION");
    assertThat(codeOf(DEAL, FIRST, Signature.EMPTY)).isEqualTo("BAD_AUTHORIZATION");
  }

  @Test
  void anAuthorizationForAnotherTaskIsRefused() throws Exception {
    var other = OWNER.authorize(WORKER.address(), Fixtures.task(FIRST + 1), Address.ZERO);

    assertThat(codeOf(DEAL, FIRST, other.signature())).isEqualTo("BAD_AUTHORIZATION");
  }

  private Event checkCancel(long index, Cancellation cancellation) throws InterruptedException {
    return verifier.checkCancel(new Command.CheckCancel(ID, DEAL, index, cancellation));
  }

  private String refusalOf(Cancellation cancellation) {
    return Assertions.catchThrowableOfType(
            RucheException.class, () -> checkCancel(FIRST, cancellation))
        .code();
  }

  @Test
  void theRequesterMayStopItsTask() throws Exception {
    var word = Fixtures.cancellation(REQUESTER, ID.task(), Instant.now());

    assertThat(checkCancel(FIRST, word))
        .isInstanceOfSatisfying(
            Event.CancelChecked.class,
            checked -> assertThat(checked.terms().workerStake()).isEqualTo(TokenAmount.ofNano(3)));
  }

  @Test
  void theOrderMaySayHowLongItsTasksWait() throws Exception {
    var params = "{\"ruche\":{\"limits\":{\"queueSeconds\":60}}}";
    chain.sell(Fixtures.facts(params, chain.deal(DEAL).orElseThrow().app()));
    var end = chain.deal(DEAL).orElseThrow().deal().startTime().plusSeconds(60);

    now = end.minusMillis(1);
    assertThat(refusalOf(Cancellation.ofQueue(end))).isEqualTo("BAD_CANCELLATION");
    now = end;
    assertThat(checkCancel(FIRST, Cancellation.ofQueue(end)))
        .isInstanceOf(Event.CancelChecked.class);
  }

  @Test
  void withoutAWordInTheOrderNothingIsStoppedForWaiting() {
    now = Instant.MAX.minusSeconds(1);

    assertThat(refusalOf(Cancellation.ofQueue(now))).isEqualTo("BAD_CANCELLATION");
  }

  @Test
  void aPoolCannotStopWhatTheRequesterDidNotStop() {
    var start = chain.deal(DEAL).orElseThrow().deal().startTime();
    var ofLogs = new RequesterText(Action.READ_LOGS, CHAIN_ID, Fixtures.POOL, ID.task(), now);

    assertThat(refusalOf(Fixtures.cancellation(OWNER, ID.task(), now)))
        .isEqualTo("BAD_CANCELLATION");
    assertThat(refusalOf(Fixtures.cancellation(REQUESTER, Fixtures.task(FIRST + 1), now)))
        .isEqualTo("BAD_CANCELLATION");
    assertThat(refusalOf(new Cancellation(now, REQUESTER.signText(ofLogs.text()))))
        .isEqualTo("BAD_CANCELLATION");
    for (var time : List.of(start.minusSeconds(400), start.plusSeconds(3_001))) {
      assertThat(refusalOf(Fixtures.cancellation(REQUESTER, ID.task(), time)))
          .isEqualTo("BAD_CANCELLATION");
    }
  }
}
