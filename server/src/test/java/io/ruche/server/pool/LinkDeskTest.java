package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.chain.wallet.Wallet;
import io.ruche.core.Hex;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkLimits;
import io.ruche.server.ScriptedWorker;
import io.ruche.server.pool.PoolFixture.Setup;
import io.ruche.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkDeskTest {
  @TempDir
  Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private PoolFixture fixture;

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void signedLoginIsWelcomed() {
    start(Setup.standard());
    var wallet = fixture.worker();

    try (var worker = ScriptedWorker.join(fixture.url(), wallet, 3)) {
      var connected = List.copyOf(fixture.pool.link().connected());
      assertThat(connected.getFirst().offer().claimedFuelPerSecond()).isEqualTo(900_000_000L);

      assertThat(connected).hasSize(1);
      assertThat(connected.getFirst().who().worker()).isEqualTo(worker.address());
      assertThat(connected.getFirst().offer().slots()).isEqualTo(3);
    }
  }

  @Test
  void aWorkerOfAnOlderVersionIsNotSentWhatItDoesNotKnow() {
    start(Setup.standard());
    var task = new TaskId("0x" + "2a".repeat(32));
    var watch = new FromPool.Watch(new AttemptRef(task, 1), 0);

    try (var old = ScriptedWorker.join(fixture.url(), fixture.worker(), 1, 1);
        var current = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      assertThat(fixture.pool.link().sendLive(old.address(), watch)).isFalse();
      assertThat(fixture.pool.link().sendLive(current.address(), watch)).isTrue();
    }
  }

  @Test
  void signatureOfAnotherWalletIsRefused() {
    start(Setup.standard());
    var victim = fixture.worker();
    var thief = Wallet.random();

    try (var worker = ScriptedWorker.connect(fixture.url(), thief)) {
      worker.send(FromWorker.Hello.ofWallet(1, 1, victim.address(), "thief"));
      worker.login(worker.await(FromPool.Challenge.class), 1);

      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_SIGNATURE");
      assertThat(fixture.pool.link().connected()).isEmpty();
    }
  }

  @Test
  void loginOfAnEarlierSessionCannotBeReplayed() {
    start(Setup.standard());
    var wallet = fixture.worker();
    FromPool.Challenge first;
    try (var worker = ScriptedWorker.connect(fixture.url(), wallet)) {
      worker.send(FromWorker.Hello.ofWallet(1, 1, wallet.address(), "first"));
      first = worker.await(FromPool.Challenge.class);
    }

    try (var worker = ScriptedWorker.connect(fixture.url(), wallet)) {
      worker.send(FromWorker.Hello.ofWallet(1, 1, wallet.address(), "second"));
      var second = worker.await(FromPool.Challenge.class);
      worker.login(first, 1);

      assertThat(second.nonce()).isNotEqualTo(first.nonce());
      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_SIGNATURE");
    }
  }

  @Test
  void challengeNamesChainHubAndPool() {
    start(Setup.standard());

    try (var worker = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      worker.send(FromWorker.Hello.ofWallet(1, 1, worker.address(), "x"));
      var challenge = worker.await(FromPool.Challenge.class);

      assertThat(challenge.chainId()).isEqualTo(PoolFixture.CHAIN_ID);
      assertThat(challenge.hub()).isEqualTo(PoolFixture.HUB);
      assertThat(challenge.workerpool()).isEqualTo(Sample.POOL);
      assertThat(Hex.decode(challenge.nonce())).hasSize(32);
    }
  }

  @Test
  void unknownVersionIsToldWhichAreSpoken() {
    start(Setup.standard());

    try (var worker = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      worker.send(FromWorker.Hello.ofWallet(7, 9, worker.address(), "from the future"));
      var rejected = worker.awaitRejected();

      assertThat(rejected.code()).isEqualTo("VERSION");
      assertThat(rejected.detail()).contains("7 to 9");
    }
  }

  @Test
  void nothingIsHeardBeforeTheLogin() {
    start(Setup.standard());

    try (var worker = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      worker.send(new FromWorker.Heartbeat(1, List.of(), null));

      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_MESSAGE");
    }
  }

  @Test
  void textThatIsNoMessageEndsTheSession() {
    start(Setup.standard());

    try (var worker = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      worker.sendText("{\"type\":\"sudo\"}");

      assertThat(worker.awaitRejected().code()).isEqualTo("BAD_FRAME");
    }
  }

  @Test
  void oversizedFrameEndsTheSession() {
    start(Setup.standard());

    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      worker.sendText("x".repeat(LinkLimits.MAX_FRAME_BYTES + 1));
      worker.awaitClosed();
      worker.await(() -> fixture.pool.link().connected().isEmpty());
    }
  }

  @Test
  void floodEndsTheSession() {
    var slow = new LinkSettings(
        PoolFixture.CHAIN_ID,
        PoolFixture.HUB,
        Sample.POOL,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        10,
        20,
        100);
    start(Setup.standard().withLink(slow));

    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      for (int i = 0; i < 200 && !worker.isClosed(); i++) {
        worker.trySend(new FromWorker.Heartbeat(1, List.of(), null));
      }

      assertThat(worker.awaitClosed()).isEqualTo("FLOOD");
    }
  }

  @Test
  void tooManySessionsAreTurnedAway() {
    start(Setup.standard().withLink(Setup.standard().link().withMaxSessions(1)));

    try (var first = ScriptedWorker.join(fixture.url(), fixture.worker(), 1);
        var second = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      assertThat(second.awaitRejected().code()).isEqualTo("TOO_MANY_SESSIONS");
      assertThat(first.isClosed()).isFalse();
    }
  }

  @Test
  void sameWorkerConnectingAgainReplacesItsOldSession() {
    start(Setup.standard());
    var wallet = fixture.worker();

    try (var old = ScriptedWorker.join(fixture.url(), wallet, 1);
        var fresh = ScriptedWorker.join(fixture.url(), wallet, 2)) {
      assertThat(old.awaitRejected().code()).isEqualTo("REPLACED");
      assertThat(fresh.isClosed()).isFalse();
      assertThat(fixture.pool.link().connected())
          .singleElement()
          .satisfies(one -> assertThat(one.offer().slots()).isEqualTo(2));
    }
  }

  @Test
  void silentWorkerIsTakenForGone() {
    start(Setup.standard().withClock(now::get));

    try (var worker = ScriptedWorker.join(fixture.url(), fixture.worker(), 1)) {
      now.updateAndGet(time -> time.plusSeconds(60));
      fixture.pool.link().sweep();

      assertThat(worker.awaitClosed()).isEqualTo("SILENT");
      assertThat(fixture.pool.link().connected()).isEmpty();
    }
  }

  @Test
  void connectionWithoutLoginIsEnded() {
    start(Setup.standard().withClock(now::get));

    try (var worker = ScriptedWorker.connect(fixture.url(), Wallet.random())) {
      worker.send(FromWorker.Hello.ofWallet(1, 1, worker.address(), "slow"));
      worker.await(FromPool.Challenge.class);
      now.updateAndGet(time -> time.plusSeconds(60));
      fixture.pool.link().sweep();

      assertThat(worker.awaitRejected().code()).isEqualTo("LOGIN_TIMEOUT");
    }
  }

  private void start(Setup setup) {
    fixture = PoolFixture.start(folder, new FakeChain(), setup);
  }
}
