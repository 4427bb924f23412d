package io.ruche.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.Signature;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkCodec;
import io.ruche.link.LinkLimits;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.server.live.LiveDesk;
import io.ruche.testkit.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many connections at once: workers that come back together, strangers that mean no good. */
class LinkCrowdTest {
  private static final int WORKERS = 2_000;
  private static final int MAX_TRIES = 100_000;
  private static final long PAUSE_NANOS = 100_000;

  private final LinkCodec codec = new LinkCodec();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private final LinkDesk desk = new LinkDesk(new LinkDesk.Parts(
      LinkSettings.of(PoolFixture.CHAIN_ID, PoolFixture.HUB, Sample.POOL)
          .withMaxSessions(WORKERS + 1),
      new FakeChain(),
      // Whoever logs in shows its address in place of a signature.
      (text, signature) -> new Address(signature.hex()),
      events::addAll,
      new LiveDesk((machine, message) -> true),
      new NoResults(),
      new PoolLog(),
      now::get));

  private static final class NoResults implements LinkDesk.Results {
    @Override
    public void take(Address machine, FromWorker.Result result) {
      throw new AssertionError("nobody sent a result");
    }

    @Override
    public void handIn(Address machine, FromWorker.Opened opened) {
      throw new AssertionError("nobody sent a result");
    }
  }

  /** A connection that keeps what it was sent and why it was closed. */
  private static final class PaperWire implements Wire {
    private final List<String> texts = new ArrayList<>();
    private String closed = "";
    private boolean isJoined;

    @Override
    public synchronized void join() {
      isJoined = true;
    }

    @Override
    public synchronized boolean send(List<String> messages) {
      return texts.addAll(messages);
    }

    @Override
    public synchronized void close(String reason) {
      closed = reason;
    }

    synchronized String closed() {
      return closed;
    }

    synchronized String last() {
      return texts.isEmpty() ? "" : texts.getLast();
    }
  }

  @Test
  void allWorkersThatComeBackAtOnceAreTakenUpAgain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var joining = new ArrayList<Future<PaperWire>>();
      for (int i = 1; i <= WORKERS; i++) {
        var machine = machine(i);
        joining.add(threads.submit(() -> join(machine)));
      }
      for (var joined : joining) {
        assertThat(joined.get().closed()).isEmpty();
      }
    }

    assertThat(desk.connected()).hasSize(WORKERS);
    assertThat(events).hasSize(WORKERS).allMatch(event -> event instanceof WorkerEvent.Joined);
  }

  @Test
  void strangersThatDoNotLogInAreFewAndForAWhileOnly() {
    join(machine(1));
    var strangers = IntStream.range(0, LinkDesk.MAX_STRANGERS)
        .mapToObj(i -> new PaperWire())
        .peek(wire -> assertThat(desk.connect(wire)).isNotNull())
        .toList();
    var late = new PaperWire();
    assertThat(desk.connect(late)).isNull();
    assertThat(late.closed()).as("may come again soon").isEqualTo("CROWDED");
    assertThat(late.last()).as("is told of no wrong").isEmpty();

    now.updateAndGet(time -> time.plusSeconds(11));
    desk.sweep();

    assertThat(strangers).allMatch(wire -> wire.closed().equals("LOGIN_TIMEOUT"));
    join(machine(2));
    assertThat(desk.connected()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"4, false", "5, true", "9, true"})
  void messagesShareFramesForThoseWhoKnow(int version, boolean isJoined) {
    var wire = new PaperWire();

    desk.receive(
        Objects.requireNonNull(desk.connect(wire)),
        codec.encode(
            FromWorker.Hello.ofWallet(LinkLimits.MIN_VERSION, version, machine(1), "crowd")));

    assertThat(wire.last()).contains("nonce");
    assertThat(wire.isJoined).isEqualTo(isJoined);
  }

  /** Whether or not they share frames. */
  @Test
  void floodInFewFramesIsCutOffAtTheSameBound() {
    var wire = new PaperWire();
    var session = loggedIn(wire, machine(1));
    var beat = codec.encode(new FromWorker.Heartbeat(1, List.of(), null));
    var frame = Collections.nCopies(LinkLimits.MAX_JOINED, beat).toString();
    int most = LinkSettings.of(1, PoolFixture.HUB, Sample.POOL).messagesPerSecond()
        * LinkSettings.BURST_SECONDS;

    for (int i = 0; i < 2 * most / LinkLimits.MAX_JOINED; i++) {
      desk.receive(session, frame);
    }

    assertThat(wire.closed()).isEqualTo("FLOOD");
    assertThat(events.size()).isBetween(most / 2, most + 1);
  }

  @Test
  void badMessagesEndEachTheirOwnSessionAndNoOther() {
    join(machine(1));
    for (int i = 0; i < WORKERS; i++) {
      var wire = new PaperWire();
      var session = desk.connect(wire);
      assertThat(session).isNotNull();
      desk.receive(session, i % 2 == 0 ? "{\"type\":\"sudo\"}" : "x".repeat(10_000));

      assertThat(wire.closed()).isEqualTo("BAD_FRAME");
      assertThat(wire.last()).contains("BAD_FRAME").hasSizeLessThan(2_000);
      desk.receive(session, "more");
    }

    assertThat(desk.connected()).hasSize(1);
    assertThat(events).hasSize(1);
  }

  @Test
  void floodOfGoodMessagesIsCutOffAtItsBound() {
    var wire = new PaperWire();
    var session = loggedIn(wire, machine(1));
    var beat = codec.encode(new FromWorker.Heartbeat(1, List.of(), null));
    int most = LinkSettings.of(1, PoolFixture.HUB, Sample.POOL).messagesPerSecond()
        * LinkSettings.BURST_SECONDS;

    for (int i = 0; i < 2 * most; i++) {
      desk.receive(session, beat);
    }

    assertThat(wire.closed()).isEqualTo("FLOOD");
    assertThat(events.size()).isLessThanOrEqualTo(most + 1);
    assertThat(desk.connected()).isEmpty();
  }

  /** Comes again until it is taken, as a worker does. */
  private PaperWire join(Address machine) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      var wire = new PaperWire();
      if (loggedIn(wire, machine) != null) {
        return wire;
      }
      assertThat(wire.closed()).isEqualTo("CROWDED");
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError(machine + " was never taken");
  }

  private WorkerSession loggedIn(PaperWire wire, Address machine) {
    var session = desk.connect(wire);
    if (session != null) {
      desk.receive(
          session,
          codec.encode(FromWorker.Hello.ofWallet(
              LinkLimits.MIN_VERSION, LinkLimits.MAX_VERSION, machine, "crowd")));
      assertThat(wire.last()).contains("nonce");
      var offer = new FromWorker.Offer(1, 512, 100, List.of("WASM"), null, null);
      desk.receive(
          session, codec.encode(new FromWorker.Login(new Signature(machine.hex()), offer)));
      assertThat(wire.last()).contains("heartbeat");
    }
    return session;
  }

  private static Address machine(int number) {
    return new Address("0x%040x".formatted(number));
  }
}
