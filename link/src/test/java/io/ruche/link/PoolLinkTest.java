package io.ruche.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.RucheException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolLinkTest {
  private static final LinkPace PACE =
      new LinkPace(Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(20), 3);

  private final LoopbackPool pool = new LoopbackPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Recorder recorder = new Recorder();
  private final PoolLink link = start(pool.origin());

  @AfterEach
  void close() {
    link.close();
    pool.close();
    http.close();
  }

  @Test
  void aSessionBeginsWithHelloChallengeLoginAndWelcome() throws Exception {
    var session = pool.session();

    assertThat(pool.message()).isInstanceOf(FromWorker.Hello.class);
    pool.say(session, LoopbackPool.CHALLENGE);
    assertThat(pool.message()).isInstanceOf(FromWorker.Login.class);
    pool.say(session, new FromPool.Welcome(60_000, "s1"));
    assertThat(recorder.next()).isEqualTo(new FromPool.Welcome(60_000, "s1"));
  }

  @Test
  void messagesTravelBothWaysInOrder() throws Exception {
    var session = pool.welcome(60_000);
    recorder.next();

    for (int i = 1; i <= 500; i++) {
      pool.say(session, new FromPool.Done(new AttemptRef(Samples.REF.task(), i), "ok"));
      assertThat(link.send(new FromWorker.Progress(Samples.REF, Phase.RUNNING, "" + i)))
          .isTrue();
    }

    for (int i = 1; i <= 500; i++) {
      assertThat(recorder.next())
          .isEqualTo(new FromPool.Done(new AttemptRef(Samples.REF.task(), i), "ok"));
      assertThat(pool.message())
          .isEqualTo(new FromWorker.Progress(Samples.REF, Phase.RUNNING, "" + i));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "5, 1"})
  void whatIsSentTogetherSharesAFrameIfThePoolKnows(int version, int expected) throws Exception {
    var challenge = LoopbackPool.CHALLENGE;
    pool.welcome(
        60_000,
        new FromPool.Challenge(
            version,
            challenge.nonce(),
            challenge.chainId(),
            challenge.hub(),
            challenge.workerpool()));
    recorder.next();
    int before = pool.frames();

    link.send(Collections.nCopies(3, new FromWorker.Slots(1)));

    for (int i = 0; i < 3; i++) {
      assertThat(pool.message()).isEqualTo(new FromWorker.Slots(1));
    }
    assertThat(pool.frames() - before).isEqualTo(expected);
  }

  /** A thread whose run was cancelled writes its last words; a channel would take offence. */
  @Test
  void anInterruptedThreadSendsWithoutEndingTheSession() throws Exception {
    pool.welcome(60_000);
    recorder.next();

    Thread.currentThread().interrupt();
    link.send(new FromWorker.Slots(1));

    assertThat(Thread.interrupted()).isTrue();
    link.send(new FromWorker.Slots(2));
    assertThat(pool.message()).isEqualTo(new FromWorker.Slots(1));
    assertThat(pool.message()).isEqualTo(new FromWorker.Slots(2));
  }

  @Test
  void aDroppedSessionIsTakenUpAgain() throws Exception {
    var session = pool.welcome(60_000);
    recorder.next();

    session.closeSession();

    assertThat(recorder.nextCode()).isEqualTo(LinkErrors.POOL_CLOSED);
    pool.welcome(60_000);
    assertThat(recorder.next()).isInstanceOf(FromPool.Welcome.class);
  }

  @Test
  void aChangedOfferLogsInAnew() throws Exception {
    pool.welcome(60_000);
    recorder.next();

    link.offerAgain();

    assertThat(recorder.nextCode()).isEqualTo(LinkErrors.OFFER_CHANGED);
    pool.welcome(60_000);
    assertThat(recorder.next()).isInstanceOf(FromPool.Welcome.class);
  }

  @Test
  void aRefusalIsToldWithThePoolsReason() throws Exception {
    var session = pool.session();
    pool.message();

    pool.say(session, new FromPool.Rejected("NOT_A_MEMBER", "Ask the pool's owner."));

    var reason = (RucheException) recorder.next();
    assertThat(reason.sentence())
        .contains(LinkErrors.POOL_REJECTED, "NOT_A_MEMBER", "Ask the pool's owner.");
  }

  @Test
  void anotherProtocolVersionEndsTheSession() throws Exception {
    var session = pool.session();
    pool.message();
    var challenge = LoopbackPool.CHALLENGE;

    pool.say(
        session,
        new FromPool.Challenge(9, challenge.nonce(), 1, challenge.hub(), challenge.workerpool()));

    assertThat(recorder.nextCode()).isEqualTo("VERSION_UNSUPPORTED");
  }

  @Test
  void nonsenseEndsTheSession() throws Exception {
    var session = pool.welcome(60_000);
    recorder.next();

    session.send("{\"type\":\"dance\"}");

    assertThat(recorder.nextCode()).isEqualTo(LinkCodec.BAD_FRAME);
    assertThat(link.send(new FromWorker.Progress(Samples.REF, Phase.RUNNING, "")))
        .isFalse();
  }

  @Test
  void heartbeatsAreDueAtThePoolsPeriod() throws Exception {
    pool.welcome(100);
    recorder.next();

    assertThat(recorder.next()).isEqualTo(Recorder.BEAT);
    assertThat(recorder.next()).isEqualTo(Recorder.BEAT);
  }

  @Test
  void anUnreachablePoolIsToldAndTriedAgain() throws Exception {
    var nowhere = new Recorder();
    try (var other = PoolLink.create(
        http,
        URI.create("http://127.0.0.1:1"),
        new Nobody(),
        nowhere,
        PACE,
        new SplittableRandom(1))) {
      other.start();
      assertThat(nowhere.nextCode()).isEqualTo(LinkErrors.POOL_UNREACHABLE);
      assertThat(nowhere.nextCode()).isEqualTo(LinkErrors.POOL_UNREACHABLE);
      assertThat(other.send(new FromWorker.Progress(Samples.REF, Phase.RUNNING, "")))
          .isFalse();
    }
  }

  @Test
  void whatWasSentBeforeTheEndStillArrives() throws Exception {
    pool.welcome(60_000);
    recorder.next();

    link.send(new FromWorker.Refused(Samples.REF, "LEAVING", ""));
    link.close();

    assertThat(pool.message()).isEqualTo(new FromWorker.Refused(Samples.REF, "LEAVING", ""));
  }

  private PoolLink start(URI origin) {
    var fresh =
        PoolLink.create(http, origin, new Nobody(), recorder, PACE, new SplittableRandom(1));
    fresh.start();
    return fresh;
  }

  private record Nobody() implements PoolLink.Identity {
    @Override
    public FromWorker.Hello hello() {
      return FromWorker.Hello.ofWallet(1, 1, Samples.WORKER, "test");
    }

    @Override
    public FromWorker.Login login(FromPool.Challenge challenge) {
      return new FromWorker.Login(
          Samples.SIGNATURE, new FromWorker.Offer(1, 512, 1024, List.of("WASM"), null, null));
    }
  }

  private static final class Recorder implements PoolLink.Listener {
    static final String BEAT = "beat";
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    Object next() throws InterruptedException {
      return LoopbackPool.required(heard.poll(10, TimeUnit.SECONDS), "a call");
    }

    String nextCode() throws InterruptedException {
      return ((RucheException) next()).code();
    }

    @Override
    public void connected(FromPool.Challenge challenge, FromPool.Welcome welcome) {
      heard.add(welcome);
    }

    @Override
    public void received(FromPool message) {
      heard.add(message);
    }

    @Override
    public void heartbeatDue() {
      heard.add(BEAT);
    }

    @Override
    public void disconnected(RucheException reason) {
      heard.add(reason);
    }
  }
}
