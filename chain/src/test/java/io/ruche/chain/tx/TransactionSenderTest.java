package io.ruche.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.chain.Call;
import io.ruche.chain.dev.AnvilFixture;
import io.ruche.chain.dev.DevChainSettings;
import io.ruche.chain.rpc.Quantity;
import io.ruche.chain.rpc.Rpc;
import io.ruche.chain.wallet.DevelopmentKeys;
import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.TokenAmount;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionSenderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Address TARGET =
      Wallet.ofMnemonic(DevelopmentKeys.MNEMONIC, 15).address();
  private static final BigInteger ONE = BigInteger.ONE;

  @TempDir
  Path folder;

  private AnvilFixture anvil;

  @BeforeEach
  void start() {
    anvil = AnvilFixture.start(folder);
  }

  @AfterEach
  void stop() {
    anvil.close();
  }

  @Test
  void manyConcurrentSendsAllGetOnChainWithTheirOwnNonce() throws Exception {
    var before = anvil.rpc.balanceWei(TARGET);
    try (var sender = anvil.sender(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<TxHandle>>();
      for (int i = 0; i < 200; i++) {
        var key = "pay:" + i;
        sent.add(threads.submit(() -> sender.send(key, Call.transfer(TARGET, ONE))));
      }
      var hashes = new HashSet<String>();
      for (var handle : sent) {
        hashes.add(handle.get().awaitSuccess(PATIENCE).hash().hex());
      }

      assertThat(hashes).hasSize(200);
      assertThat(anvil.rpc.balanceWei(TARGET)).isEqualTo(before.add(BigInteger.valueOf(200)));
      assertThat(anvil.rpc.transactionCount(sender.address(), Rpc.LATEST)).isEqualTo(200);
      assertThat(sender.pendingCount()).isZero();
    }
  }

  @Test
  void actionIsSentOnceHoweverOftenItIsAsked() {
    var outbox = new MemoryOutbox();
    var wallet = DevelopmentKeys.wallet(2);
    try (var sender = TransactionSender.start(anvil.parts(wallet).withOutbox(outbox))) {
      var first = sender.sendAndWait("once", Call.transfer(TARGET, ONE), PATIENCE);
      var second = sender.sendAndWait("once", Call.transfer(TARGET, ONE), PATIENCE);
      assertThat(second).isEqualTo(first);
    }
    try (var restarted = TransactionSender.start(anvil.parts(wallet).withOutbox(outbox))) {
      restarted.sendAndWait("once", Call.transfer(TARGET, ONE), PATIENCE);
      assertThat(anvil.rpc.transactionCount(wallet.address(), Rpc.LATEST)).isEqualTo(1);
    }
  }

  @Test
  void theBlockOfAnActionIsTheChainsToSayAndNotSaved() {
    var outbox = new MemoryOutbox();
    var wallet = DevelopmentKeys.wallet(11);
    try (var sender = TransactionSender.start(anvil.parts(wallet).withOutbox(outbox))) {
      sender.sendAndWait("one", Call.transfer(TARGET, ONE), PATIENCE);
      sender.sendAndWait("two", Call.transfer(TARGET, ONE), PATIENCE);
    }
    assertThat(outbox.loadOpen(DevChainSettings.CHAIN_ID, wallet.address()))
        .extracting(OutboxEntry::state)
        .containsExactly(TxState.PENDING, TxState.PENDING);

    try (var restarted = TransactionSender.start(anvil.parts(wallet).withOutbox(outbox))) {
      assertThat(restarted
              .send("one", Call.transfer(TARGET, ONE))
              .awaitSuccess(PATIENCE)
              .hash())
          .isEqualTo(outbox
              .find(DevChainSettings.CHAIN_ID, wallet.address(), "one")
              .orElseThrow()
              .latest()
              .hash());
      assertThat(anvil.rpc.transactionCount(wallet.address(), Rpc.LATEST)).isEqualTo(2);
    }
  }

  @Test
  void anActionDeepInTheChainIsSettledWithoutItsBytes() {
    var outbox = new MemoryOutbox();
    var wallet = DevelopmentKeys.wallet(12);
    try (var sender = TransactionSender.start(anvil.parts(wallet).withOutbox(outbox))) {
      sender.sendAndWait("deep", Call.transfer(TARGET, ONE), PATIENCE);
      anvil.rpc.read("anvil_mine", Quantity.of(TxTracker.SETTLE_DEPTH + TxTracker.SETTLE_EVERY));
      sender.sendAndWait("has the chain looked at", Call.transfer(TARGET, ONE), PATIENCE);
      sender.sendAndWait("comes after that look", Call.transfer(TARGET, ONE), PATIENCE);

      var deep =
          outbox.find(DevChainSettings.CHAIN_ID, wallet.address(), "deep").orElseThrow();
      assertThat(deep.state()).isInstanceOf(TxState.Settled.class);
      assertThat(deep.latest().raw()).isEqualTo("0x");
      assertThat(
              sender.sendAndWait("deep", Call.transfer(TARGET, ONE), PATIENCE).isSuccess())
          .isTrue();
    }
  }

  @Test
  void refusedCallIsReportedWithTheContractsReason() {
    try (var owner = anvil.sender(0);
        var sender = anvil.sender(3)) {
      var hub = anvil.deploy(owner);
      var call = hub.calls().withdraw(TokenAmount.ofNano(5));

      assertThatThrownBy(() -> sender.send("estimated", call))
          .isInstanceOfSatisfying(
              RucheException.class, e -> assertThat(e.code()).isEqualTo("TX_REVERTED"))
          .hasMessageContaining("StakeTooLow");
      assertThat(anvil.rpc.transactionCount(sender.address(), "pending")).isZero();

      var outcome = sender.send("forced", call.withGasLimit(300_000)).await(PATIENCE);
      assertThat(outcome.isSuccess()).isFalse();
      assertThat(outcome.reason()).startsWith("StakeTooLow(").endsWith(", 0, 5)");
    }
  }

  @Test
  void transactionsThatAKilledChainForgotAreSentAgain() {
    anvil.close();
    anvil =
        AnvilFixture.start(AnvilFixture.settings(folder).withSaveInterval(Duration.ofMinutes(10)));
    var outbox = new MemoryOutbox();
    var parts = anvil.parts(DevelopmentKeys.wallet(4)).withOutbox(outbox);
    var before = anvil.rpc.balanceWei(TARGET);
    try (var sender = TransactionSender.start(parts)) {
      for (int i = 0; i < 5; i++) {
        sender.sendAndWait("pay:" + i, Call.transfer(TARGET, ONE), PATIENCE);
      }
      anvil.chain.kill();
      anvil.restart();
      assertThat(anvil.rpc.balanceWei(TARGET)).isEqualTo(before);

      sender.sendAndWait("pay:5", Call.transfer(TARGET, ONE), PATIENCE);

      assertThat(anvil.rpc.balanceWei(TARGET)).isEqualTo(before.add(BigInteger.valueOf(6)));
    }
  }

  @Test
  void outcomeThatAKilledChainTookBackIsToldAnew() {
    anvil.close();
    anvil =
        AnvilFixture.start(AnvilFixture.settings(folder).withSaveInterval(Duration.ofMinutes(10)));
    var amount = TokenAmount.ofNano(5);
    try (var sender = anvil.sender(4)) {
      withdrawOnAChainThatIsKilled(sender, amount);
      var told = sender.send("withdraw", Call.transfer(TARGET, ONE));

      assertThat(told.await(PATIENCE).isSuccess()).isFalse();
    }
  }

  /** The money it withdraws came from another wallet, whose transactions nobody sends again. */
  private void withdrawOnAChainThatIsKilled(TransactionSender sender, TokenAmount amount) {
    try (var owner = anvil.sender(0)) {
      var hub = anvil.deploy(owner);
      var tokens = hub.tokenCalls();
      owner.sendAndWait("mint", tokens.mint(owner.address(), amount), PATIENCE);
      anvil.chain.stop();
      anvil.restart();
      owner.sendAndWait("deposit", tokens.deposit(hub.address(), amount), PATIENCE);
      owner.sendAndWait("give", hub.calls().transferDeposit(sender.address(), amount), PATIENCE);
      var withdraw = hub.calls().withdraw(amount).withGasLimit(300_000);
      sender.sendAndWait("withdraw", withdraw, PATIENCE);
    }
    anvil.chain.kill();
    anvil.restart();
    sender.sendAndWait("after", Call.transfer(TARGET, ONE), PATIENCE);
  }

  @Test
  void restartedSenderSendsWhatItHadSavedButNotSent() {
    var outbox = new MemoryOutbox();
    var wallet = DevelopmentKeys.wallet(5);
    var parts = anvil.parts(wallet).withOutbox(outbox);
    var fees = Fees.of(
        anvil.rpc.latestBlock().baseFeeWei(), BigInteger.TEN.pow(9), BigInteger.TEN.pow(12));
    outbox.save(List.of(
        parts.sign("saved", 0, Call.transfer(TARGET, ONE), fees),
        parts.sign("afterAGap", 2, Call.transfer(TARGET, ONE), fees)));

    try (var sender = TransactionSender.start(parts)) {
      var first = sender.send("saved", Call.transfer(TARGET, ONE)).awaitSuccess(PATIENCE);
      var last = sender.send("afterAGap", Call.transfer(TARGET, ONE)).awaitSuccess(PATIENCE);

      assertThat(first.blockNumber()).isLessThanOrEqualTo(last.blockNumber());
      assertThat(anvil.rpc.transactionCount(wallet.address(), Rpc.LATEST)).isEqualTo(3);
    }
  }

  @Test
  void nonceUsedByAnotherProgramIsGivenUpForANewOne() {
    var wallet = DevelopmentKeys.wallet(6);
    try (var one = TransactionSender.start(anvil.parts(wallet));
        var other = TransactionSender.start(anvil.parts(wallet))) {
      var before = anvil.rpc.balanceWei(TARGET);
      var handles = new ArrayList<TxHandle>();
      for (int i = 0; i < 10; i++) {
        handles.add(one.send("one:" + i, Call.transfer(TARGET, ONE)));
        handles.add(other.send("other:" + i, Call.transfer(TARGET, ONE)));
      }
      handles.forEach(handle -> handle.awaitSuccess(PATIENCE));

      assertThat(anvil.rpc.balanceWei(TARGET)).isEqualTo(before.add(BigInteger.valueOf(20)));
    }
  }

  @Test
  void fillerOfAGapThatWasNoneIsDroppedAndCostsNothing() {
    var outbox = new MemoryOutbox();
    var wallet = DevelopmentKeys.wallet(10);
    try (var before = TransactionSender.start(anvil.parts(wallet))) {
      before.sendAndWait("uses the nonce", Call.transfer(TARGET, ONE), PATIENCE);
    }
    var parts = anvil.parts(wallet).withOutbox(outbox);
    var fees = Fees.of(
        anvil.rpc.latestBlock().baseFeeWei(), BigInteger.TEN.pow(9), BigInteger.TEN.pow(12));
    outbox.save(List.of(parts.sign("nonce-gap:0", 0, Call.transfer(TARGET, ONE), fees)));

    try (var sender = TransactionSender.start(parts)) {
      for (int i = 0; i < 6; i++) {
        sender.sendAndWait("next:" + i, Call.transfer(TARGET, ONE), PATIENCE);
      }

      assertThat(anvil.rpc.transactionCount(wallet.address(), Rpc.LATEST)).isEqualTo(1 + 6);
      assertThat(outbox.loadOpen(DevChainSettings.CHAIN_ID, wallet.address()))
          .noneMatch(entry -> entry.actionKey().startsWith("nonce-gap:"));
    }
  }

  @Test
  void transactionNoNodeTakesFreesItsNonce() {
    try (var sender = anvil.sender(7)) {
      var hopeless = sender.send("hopeless", Call.transfer(TARGET, ONE).withGasLimit(20_000));
      var next = sender.send("next", Call.transfer(TARGET, ONE));

      assertThat(next.awaitSuccess(PATIENCE).isSuccess()).isTrue();
      assertThat(hopeless.await(PATIENCE).isSuccess()).isFalse();
    }
  }

  @Test
  void emptyAccountIsNamedAndItsTransactionSentOnceItIsFunded() {
    var poor = Wallet.random();
    try (var sender = TransactionSender.start(anvil.parts(poor));
        var rich = anvil.sender(8)) {
      var handle = sender.send("poor", Call.transfer(TARGET, ONE));
      assertThatThrownBy(() -> handle.await(Duration.ofMillis(200)))
          .isInstanceOfSatisfying(
              RucheException.class, e -> assertThat(e.code()).isEqualTo("TX_PENDING"))
          .hasMessageContaining("GAS_FUNDS_TOO_LOW");

      rich.sendAndWait("fund", Call.transfer(poor.address(), BigInteger.TEN.pow(18)), PATIENCE);

      assertThat(handle.awaitSuccess(PATIENCE).isSuccess()).isTrue();
    }
  }

  @Test
  void stuckTransactionOffersMore() {
    var outbox = new MemoryOutbox();
    var settings =
        SenderSettings.development().withBumpAfterBlocks(2).withResendAfter(Duration.ofMillis(100));
    var base = anvil.parts(DevelopmentKeys.wallet(9)).withOutbox(outbox);
    var parts = new SenderParts(
        base.rpc(), base.feed(), base.wallet(), base.chainId(), outbox, settings, base.listener());
    try (var sender = TransactionSender.start(parts)) {
      sender.sendAndWait("warm-up", Call.transfer(TARGET, ONE), PATIENCE);
      anvil.rpc.read(
          "anvil_setNextBlockBaseFeePerGas", "0x" + BigInteger.TEN.pow(11).toString(16));
      var handle = sender.send("stuck", Call.transfer(TARGET, ONE));
      handle.awaitSuccess(PATIENCE);

      var entry =
          outbox.find(DevChainSettings.CHAIN_ID, sender.address(), "stuck").orElseThrow();
      assertThat(entry.variants()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void developmentKeyIsRefusedOnARealChain() {
    var parts = anvil.parts(DevelopmentKeys.wallet(3));
    var real = new SenderParts(
        parts.rpc(),
        parts.feed(),
        parts.wallet(),
        1,
        parts.outbox(),
        parts.settings(),
        parts.listener());

    assertThatThrownBy(() -> TransactionSender.start(real))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("DEV_KEY_REFUSED"));
  }
}
