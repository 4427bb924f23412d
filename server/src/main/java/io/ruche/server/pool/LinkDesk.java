package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.Hex;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkCodec;
import io.ruche.link.LinkLimits;
import io.ruche.link.LoginText;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.WorkerOffer;
import io.ruche.server.pool.WorkerSession.State;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of workers: who may talk, as whom, how much. A worker has one session; a new one ends
 * the old. Messages of one connection come in order, on any thread.
 */
public final class LinkDesk {
  private static final int NONCE_BYTES = 32;
  private static final int SESSION_CHARS = 18;

  /** Connections that have not logged in yet. */
  private static final int MAX_STRANGERS = 256;

  private final Parts parts;
  private final LinkCodec codec = new LinkCodec();
  private final SecureRandom random = new SecureRandom();
  private final Set<WorkerSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<Address, WorkerSession> byWorker = new ConcurrentHashMap<>();

  /** Held while a worker joins or leaves, so that the engine hears both in the true order. */
  private final ReentrantLock membership = new ReentrantLock();

  /** Says who signed a text, or null. */
  @FunctionalInterface
  public interface Recover {
    @Nullable
    Address signerOf(String text, Signature signature);
  }

  /** What the desk works with; {@code events} may block, which slows the worker down. */
  public record Parts(
      LinkSettings settings,
      PoolChain chain,
      Recover recover,
      Consumer<Event> events,
      PoolLog log,
      InstantSource clock) {}

  /** A logged-in worker, for the status pages. */
  public record Connected(
      Address worker, String software, WorkerOffer offer, Instant since, Instant lastHeard) {}

  public LinkDesk(Parts parts) {
    this.parts = parts;
  }

  /** Takes a connection; null when there are too many. */
  @Nullable
  WorkerSession connect(Wire wire) {
    var settings = parts.settings();
    boolean isCrowded = sessions.size() - byWorker.size() >= MAX_STRANGERS;
    if (isCrowded || sessions.size() >= settings.maxSessions()) {
      reject(wire, "TOO_MANY_SESSIONS", "This pool is full; try another or wait.");
      return null;
    }
    var burst = settings.messagesPerSecond() * (double) LinkSettings.BURST_SECONDS;
    var session = new WorkerSession(wire, now(), burst);
    sessions.add(session);
    return session;
  }

  /** Handles one text of a connection. */
  void receive(WorkerSession session, String text) {
    if (!session.heard(now(), parts.settings().messagesPerSecond())) {
      end(
          session,
          "FLOOD",
          "Send at most %d messages a second.".formatted(parts.settings().messagesPerSecond()));
      return;
    }
    try {
      var message = codec.decodeFromWorker(text);
      switch (session.state()) {
        case State.Connected _ -> greet(session, message);
        case State.Greeted greeted -> login(session, greeted, message);
        case State.LoggedIn(var worker, var _, var _) ->
          parts.events().accept(LinkMessages.event(worker, message));
        case State.Ended _ -> {}
      }
    } catch (IllegalArgumentException e) {
      end(session, "BAD_MESSAGE", String.valueOf(e.getMessage()));
    } catch (RucheException e) {
      if (e.isRetryable()) {
        drop(session, e.code());
      } else {
        end(session, e.code(), e.getMessage() + " " + e.hint());
      }
    }
  }

  /** The connection is gone. */
  void disconnected(WorkerSession session) {
    leave(session, "connection closed");
  }

  /** Sends to a worker, without waiting; false when it has no session. */
  boolean send(Address worker, FromPool message) {
    var session = byWorker.get(worker);
    if (session == null) {
      return false;
    }
    if (session.wire.send(codec.encode(message))) {
      return true;
    }
    // The caller is the engine's thread, which must never wait for room in its own queue.
    Thread.ofVirtual().start(() -> drop(session, "TOO_SLOW"));
    return false;
  }

  /** Ends sessions that did not log in or fell silent; call about once a second. */
  public void sweep() {
    var settings = parts.settings();
    var now = now();
    for (var session : sessions) {
      boolean isLoggedIn = session.state() instanceof State.LoggedIn;
      if (!isLoggedIn && session.since.plus(settings.loginWithin()).isBefore(now)) {
        end(session, "LOGIN_TIMEOUT", "Log in within " + settings.loginWithin() + ".");
      } else if (isLoggedIn && session.lastHeard().plus(settings.silence()).isBefore(now)) {
        drop(session, "SILENT");
      }
    }
  }

  public Collection<Connected> connected() {
    return byWorker.values().stream()
        .flatMap(session -> session.state() instanceof State.LoggedIn(var w, var offer, var s)
            ? List.of(new Connected(w, s, offer, session.since, session.lastHeard())).stream()
            : List.<Connected>of().stream())
        .toList();
  }

  /** Tells the engine again who is connected; waits for the chain. */
  void announceAll() {
    for (var worker : connected()) {
      announce(worker.worker(), worker.offer());
    }
  }

  /** Ends all sessions; workers come back when the pool does. */
  public void close() {
    sessions.forEach(session -> drop(session, "POOL_STOPPING"));
  }

  private void greet(WorkerSession session, FromWorker message) {
    if (!(message instanceof FromWorker.Hello hello)) {
      throw new IllegalArgumentException("expected hello as the first message");
    }
    int version = Math.min(hello.maxVersion(), LinkLimits.MAX_VERSION);
    if (version < Math.max(hello.minVersion(), LinkLimits.MIN_VERSION)) {
      end(
          session,
          "VERSION",
          "This pool speaks link versions %d to %d, this worker %d to %d; update."
              .formatted(
                  LinkLimits.MIN_VERSION,
                  LinkLimits.MAX_VERSION,
                  hello.minVersion(),
                  hello.maxVersion()));
      return;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var settings = parts.settings();
    var challenge = new FromPool.Challenge(
        version, Hex.encode(nonce), settings.chainId(), settings.hub(), settings.workerpool());
    var software = PoolLog.printable(hello.software());
    if (session.move(new State.Greeted(hello.worker(), challenge, software))) {
      session.wire.send(codec.encode(challenge));
    }
  }

  private void login(WorkerSession session, State.Greeted greeted, FromWorker message) {
    if (!(message instanceof FromWorker.Login login)) {
      throw new IllegalArgumentException("expected login after the challenge");
    }
    var worker = greeted.worker();
    var signer =
        parts.recover().signerOf(LoginText.of(greeted.challenge(), worker), login.signature());
    if (!worker.equals(signer)) {
      end(session, "BAD_SIGNATURE", "The login is not signed by %s.".formatted(worker));
      return;
    }
    var offer = LinkMessages.offer(login.offer());
    var funds = parts.chain().funds(worker);
    membership.lock();
    try {
      if (!session.move(new State.LoggedIn(worker, offer, greeted.software()))) {
        return;
      }
      replace(worker, session);
      session.wire.send(codec.encode(new FromPool.Welcome(
          parts.settings().heartbeat().toMillis(),
          greeted.challenge().nonce().substring(0, SESSION_CHARS))));
      parts.log().workerJoined(worker, offer, greeted.software());
      joined(worker, offer, funds);
    } finally {
      membership.unlock();
    }
  }

  private void replace(Address worker, WorkerSession session) {
    var old = byWorker.put(worker, session);
    if (old != null) {
      old.move(new State.Ended());
      sessions.remove(old);
      reject(old.wire, "REPLACED", "The same worker connected again.");
    }
  }

  private void announce(Address worker, WorkerOffer offer) {
    joined(worker, offer, parts.chain().funds(worker));
  }

  private void joined(Address worker, WorkerOffer offer, PoolChain.Funds funds) {
    parts
        .events()
        .accept(new WorkerEvent.Joined(worker, worker, offer, funds.score(), funds.freeStake()));
  }

  /** Ends a session that the worker may take up again at once. */
  private void drop(WorkerSession session, String code) {
    session.wire.close(code);
    leave(session, code);
  }

  /** Ends a session and tells the worker that it did wrong. */
  private void end(WorkerSession session, String code, String detail) {
    reject(session.wire, code, detail);
    leave(session, code);
  }

  private void leave(WorkerSession session, String reason) {
    sessions.remove(session);
    membership.lock();
    try {
      var last = session.state();
      if (session.move(new State.Ended())
          && last instanceof State.LoggedIn(var worker, var _, var _)
          && byWorker.remove(worker, session)) {
        parts.log().workerLeft(worker, reason);
        parts.events().accept(new WorkerEvent.Left(worker));
      }
    } finally {
      membership.unlock();
    }
  }

  private void reject(Wire wire, String code, String detail) {
    wire.send(codec.encode(new FromPool.Rejected(code, PoolLog.printable(detail))));
    wire.close(code);
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
