package io.ruche.link;

import io.ruche.core.RucheException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A worker's link to its pool: connects, logs in, hands over what the pool says, and connects again
 * whenever the session ends. Never gives up by itself.
 */
public final class PoolLink implements AutoCloseable {

  /**
   * Who uses the link. Called on the link's own thread, one call at a time, in this order:
   * connected, then received and heartbeatDue, then disconnected; disconnected alone when no
   * session began.
   */
  public interface Listener {
    void connected(FromPool.Challenge pool, FromPool.Welcome welcome);

    /**
     * Takes a message.
     *
     * @throws IllegalArgumentException when it makes no sense: the session ends
     */
    void received(FromPool message);

    /** The moment to send a heartbeat. */
    void heartbeatDue();

    void disconnected(RucheException reason);
  }

  /** Who logs in. */
  public interface Identity {
    FromWorker.Hello hello();

    /**
     * Answers the pool's challenge.
     *
     * @throws RucheException when this pool, hub or chain is not the one that was meant
     */
    FromWorker.Login login(FromPool.Challenge challenge);
  }

  private static final long MIN_HEARTBEAT_MILLIS = 100;
  private static final long MAX_HEARTBEAT_MILLIS = 60_000;

  private final HttpClient http;
  private final URI pool;
  private final Identity identity;
  private final Listener listener;
  private final LinkPace pace;
  private final Backoff backoff;
  private final LinkCodec codec = new LinkCodec();
  private final Thread thread;
  private volatile @Nullable PoolSocket session;
  private volatile boolean isOfferOld;
  private volatile boolean isClosed;

  private PoolLink(
      HttpClient http,
      URI pool,
      Identity identity,
      Listener listener,
      LinkPace pace,
      RandomGenerator random) {
    this.http = http;
    this.pool = pool;
    this.identity = identity;
    this.listener = listener;
    this.pace = pace;
    this.backoff = new Backoff(pace.firstPause(), pace.longestPause(), random);
    this.thread = Thread.ofVirtual().name("link").unstarted(this::run);
  }

  /**
   * A link that does nothing yet.
   *
   * @param pool the pool's HTTP origin
   */
  public static PoolLink create(
      HttpClient http,
      URI pool,
      Identity identity,
      Listener listener,
      LinkPace pace,
      RandomGenerator random) {
    return new PoolLink(http, pool, identity, listener, pace, random);
  }

  /** Begins to connect and returns; once. */
  public void start() {
    thread.start();
  }

  /** As {@link #send(List)}. */
  public boolean send(FromWorker message) {
    return send(List.of(message));
  }

  /**
   * Queues messages for the pool, which hears them at once where it can; any thread may call.
   *
   * @return false when there is no session: the messages are gone
   */
  public boolean send(List<? extends FromWorker> messages) {
    var current = session;
    return current != null && current.send(messages);
  }

  /**
   * Logs in anew where that has happened already: the offer of a session is that of its login. Any
   * thread may call.
   */
  public void offerAgain() {
    isOfferOld = true;
    var current = session;
    if (current != null) {
      current.end(LinkErrors.offerChanged(pool));
    }
  }

  /**
   * As {@link #send}, for what may wait: refused while anything else is on its way, so that it
   * never delays a report. One thread calls it.
   */
  public boolean sendWhenIdle(FromWorker message) {
    var current = session;
    return current != null && current.isIdle() && current.send(List.of(message));
  }

  private void run() {
    while (!isClosed) {
      try {
        session();
      } catch (RucheException e) {
        ended(e);
      } catch (IllegalArgumentException e) {
        ended(LinkErrors.senseless(pool, e));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void ended(RucheException reason) {
    if (reason.code().equals(LinkErrors.POOL_REJECTED) || !reason.isRetryable()) {
      backoff.exhaust();
    }
    listener.disconnected(reason);
    pause();
  }

  private void pause() {
    try {
      Thread.sleep(backoff.pause());
    } catch (InterruptedException e) {
      isClosed = true;
    }
  }

  private void session() throws InterruptedException {
    try (var socket = PoolSocket.open(http, pool, codec, pace.answer())) {
      socket.send(List.of(identity.hello()));
      var challenge = expect(socket, FromPool.Challenge.class, "a challenge");
      requireVersion(challenge);
      if (challenge.version() >= LinkLimits.BATCH_VERSION) {
        socket.join();
      }
      isOfferOld = false;
      socket.send(List.of(identity.login(challenge)));
      var welcome = expect(socket, FromPool.Welcome.class, "a welcome");
      backoff.reset();
      session = socket;
      if (isOfferOld) {
        throw LinkErrors.offerChanged(pool);
      }
      listener.connected(challenge, welcome);
      listen(socket, welcome);
    } finally {
      session = null;
    }
  }

  private <T extends FromPool> T expect(PoolSocket socket, Class<T> type, String what)
      throws InterruptedException {
    var received = socket.receive(pace.answer());
    if (received == null || received.message() == null) {
      throw LinkErrors.silent(pool, pace.answer().toMillis());
    }
    if (received.message() instanceof FromPool.Rejected rejected) {
      throw LinkErrors.rejected(pool, rejected);
    }
    if (!type.isInstance(received.message())) {
      throw LinkErrors.unexpected(pool, what, received.message());
    }
    return type.cast(received.message());
  }

  private void requireVersion(FromPool.Challenge challenge) {
    int version = challenge.version();
    if (version < LinkLimits.MIN_VERSION || version > LinkLimits.MAX_VERSION) {
      throw new RucheException(
          "VERSION_UNSUPPORTED",
          "the pool at %s speaks link version %d, this worker %d to %d."
              .formatted(pool, version, LinkLimits.MIN_VERSION, LinkLimits.MAX_VERSION),
          "Update the older of the two.",
          false);
    }
  }

  private void listen(PoolSocket socket, FromPool.Welcome welcome) throws InterruptedException {
    var period = Duration.ofMillis(
        Math.clamp(welcome.heartbeatMillis(), MIN_HEARTBEAT_MILLIS, MAX_HEARTBEAT_MILLIS));
    long beatNanos = System.nanoTime() + period.toNanos();
    int silentBeats = 0;
    while (!isClosed) {
      var received = socket.receive(Duration.ofNanos(beatNanos - System.nanoTime()));
      if (received != null) {
        silentBeats = 0;
        hand(received.message());
      }
      if (System.nanoTime() >= beatNanos) {
        if (silentBeats++ >= pace.missedBeats()) {
          throw LinkErrors.silent(pool, period.multipliedBy(silentBeats).toMillis());
        }
        listener.heartbeatDue();
        socket.ping();
        beatNanos += period.toNanos();
      }
    }
  }

  private void hand(@Nullable FromPool message) {
    switch (message) {
      case null -> {}
      case FromPool.Rejected rejected -> throw LinkErrors.rejected(pool, rejected);
      default -> listener.received(message);
    }
  }

  /** Ends the session; what was sent before still leaves, for a short while. */
  @Override
  public void close() {
    isClosed = true;
    var current = session;
    if (current != null) {
      current.close();
    }
    thread.interrupt();
  }
}
