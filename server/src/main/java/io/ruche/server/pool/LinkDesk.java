package io.ruche.server.pool;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.Signature;
import io.ruche.link.FromPool;
import io.ruche.link.FromWorker;
import io.ruche.link.LinkCodec;
import io.ruche.link.LinkLimits;
import io.ruche.scheduler.Event;
import io.ruche.scheduler.Funds;
import io.ruche.scheduler.WorkerEvent;
import io.ruche.scheduler.WorkerOffer;
import io.ruche.server.live.LiveDesk;
import io.ruche.server.pool.WorkerSession.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of machines: who may talk, as whom, how much. A machine has one session; a new one ends
 * the old. Messages of one connection come in order, on any thread.
 */
public final class LinkDesk {
  private static final int SESSION_CHARS = 18;

  /** A machine that its account has revoked works no longer than this; its contributions revert. */
  private static final Duration ACCOUNT_CHECK_EVERY = Duration.ofSeconds(5);

  /** Accounts that are asked in one sweep. */
  private static final int MAX_ACCOUNT_CHECKS = 100;

  /** Connections that have not logged in yet. */
  static final int MAX_STRANGERS = 256;

  private final Parts parts;
  private final LoginCheck logins;
  private final LinkCodec codec = new LinkCodec();
  private final Set<WorkerSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<Address, WorkerSession> byMachine = new ConcurrentHashMap<>();

  /** Held while a worker joins or leaves, so that the engine hears both in the true order. */
  private final ReentrantLock membership = new ReentrantLock();

  /** How often each code of this program ended a session or refused a login. */
  private final Map<String, LongAdder> rejections = new ConcurrentHashMap<>();

  /** Says who signed a text, or null. */
  @FunctionalInterface
  public interface Recover {
    @Nullable
    Address signerOf(String text, Signature signature);
  }

  /** Takes the results that machines send, without waiting. */
  interface Results {
    void take(Address machine, FromWorker.Result result);

    /** One that came before it was asked for. */
    void handIn(Address machine, FromWorker.Opened opened);
  }

  /** What the desk works with; {@code events} may block, which slows the worker down. */
  public record Parts(
      LinkSettings settings,
      PoolChain chain,
      Recover recover,
      Consumer<List<Event>> events,
      LiveDesk live,
      Results results,
      PoolLog log,
      InstantSource clock) {}

  /** A logged-in machine, for the status pages. */
  public record Connected(
      Who who, String software, WorkerOffer offer, Instant since, Instant lastHeard) {}

  public LinkDesk(Parts parts) {
    this.parts = parts;
    this.logins = new LoginCheck(parts.settings(), parts.recover());
  }

  /**
   * Takes a connection; null when there are too many. While many log in at once, as after a
   * restart, the rest come again soon: they did no wrong and hold runs that wait for them.
   */
  @Nullable
  WorkerSession connect(Wire wire) {
    var settings = parts.settings();
    var burst = settings.messagesPerSecond() * (double) LinkSettings.BURST_SECONDS;
    var session = new WorkerSession(wire, now(), burst);
    synchronized (sessions) {
      boolean isFull = sessions.size() >= settings.maxSessions();
      boolean isCrowded = sessions.size() - byMachine.size() >= MAX_STRANGERS;
      if (!isFull && !isCrowded) {
        sessions.add(session);
        return session;
      }
      if (isFull) {
        reject(wire, "TOO_MANY_SESSIONS", "This pool is full; try another or wait.");
      } else {
        wire.close("CROWDED");
      }
      return null;
    }
  }

  /** Handles one frame of a connection. */
  void receive(WorkerSession session, String text) {
    if (isOverItsRate(session, 1)) {
      return;
    }
    try {
      var messages = codec.decodeFromWorker(text);
      if (messages.size() > 1 && isOverItsRate(session, messages.size() - 1)) {
        return;
      }
      var events = new ArrayList<Event>(messages.size());
      for (var message : messages) {
        switch (session.state()) {
          case State.Connected _ -> greet(session, message);
          case State.Greeted greeted -> login(session, greeted, message);
          case State.LoggedIn(var who, var _, var _) -> said(session, who, message, events);
          case State.Ended _ -> {}
        }
      }
      if (!events.isEmpty()) {
        parts.events().accept(events);
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

  private boolean isOverItsRate(WorkerSession session, int messages) {
    int rate = parts.settings().messagesPerSecond();
    boolean isOver = !session.heard(now(), rate, messages);
    if (isOver) {
      end(session, "FLOOD", "Send at most %d messages a second.".formatted(rate));
    }
    return isOver;
  }

  /** What is for the engine joins the events: what came together is decided together. */
  private void said(WorkerSession session, Who who, FromWorker message, List<Event> events) {
    var machine = who.machine();
    switch (message) {
      case FromWorker.Output output -> parts.live().output(machine, output);
      case FromWorker.Result result -> parts.results().take(machine, result);
      default -> {
        if (message instanceof FromWorker.Opened opened) {
          parts.results().handIn(machine, opened);
        }
        if (message instanceof FromWorker.Failed || message instanceof FromWorker.Refused) {
          session.doubt();
        }
        events.add(LinkMessages.event(machine, message));
      }
    }
  }

  /** The connection is gone. */
  void disconnected(WorkerSession session) {
    leave(session, "connection closed");
  }

  /** As {@link #send}, what an older worker would not understand: that one is not sent it. */
  boolean sendLive(Address machine, FromPool message) {
    var session = byMachine.get(machine);
    return session != null
        && session.version() >= LinkLimits.LIVE_VERSION
        && send(machine, message);
  }

  /** As {@link #send(Address, List)}, one message. */
  boolean send(Address machine, FromPool message) {
    return send(machine, List.of(message));
  }

  /** Sends to a machine, without waiting; false when it has no session. */
  boolean send(Address machine, List<FromPool> messages) {
    var session = byMachine.get(machine);
    if (session == null) {
      return false;
    }
    if (session.wire.send(messages.stream().map(codec::encode).toList())) {
      return true;
    }
    // The caller is the engine's thread, which must never wait for room in its own queue.
    Thread.ofVirtual().start(() -> drop(session, "TOO_SLOW"));
    return false;
  }

  /**
   * Ends sessions that did not log in, fell silent, or lost their account; call about once a
   * second.
   */
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
    checkAccounts(now);
  }

  /** A revocation is no event of the hub, so accounts are asked. */
  private void checkAccounts(Instant now) {
    byMachine.values().stream()
        .filter(session -> session.listedAt().plus(ACCOUNT_CHECK_EVERY).isBefore(now))
        .filter(session ->
            session.state() instanceof State.LoggedIn(var who, var _, var _) && who.isOfAccount())
        .sorted(Comparator.comparing(WorkerSession::listedAt))
        .limit(MAX_ACCOUNT_CHECKS)
        .forEach(session -> {
          if (session.state() instanceof State.LoggedIn(var who, var _, var _)) {
            check(session, who);
          }
        });
  }

  public Collection<Connected> connected() {
    return byMachine.values().stream()
        .flatMap(session -> session.state() instanceof State.LoggedIn(var who, var offer, var s)
            ? List.of(new Connected(who, s, offer, session.since, session.lastHeard())).stream()
            : List.<Connected>of().stream())
        .toList();
  }

  /** Tells the engine again who is connected; waits for the chain. */
  void announceAll() {
    for (var session : byMachine.values()) {
      if (session.state() instanceof State.LoggedIn(var who, var offer, var _)) {
        try {
          joined(session, who, offer, parts.chain().funds(who.machine(), who.worker()));
        } catch (RucheException e) {
          if (e.isRetryable()) {
            throw e;
          }
          session.doubt();
        }
      }
    }
  }

  /** Ends all sessions; workers come back when the pool does. */
  public void close() {
    sessions.forEach(session -> drop(session, "POOL_STOPPING"));
  }

  private void greet(WorkerSession session, FromWorker message) {
    var greeted = logins.greet(message);
    int version = greeted.challenge().version();
    session.version(version);
    if (version >= LinkLimits.BATCH_VERSION) {
      session.wire.join();
    }
    if (session.move(greeted)) {
      session.wire.send(codec.encode(greeted.challenge()));
    }
  }

  private void login(WorkerSession session, State.Greeted greeted, FromWorker message) {
    var who = greeted.who();
    var offer = logins.offer(greeted, message);
    var funds = parts.chain().funds(who.machine(), who.worker());
    membership.lock();
    try {
      if (!session.move(new State.LoggedIn(who, offer, greeted.software()))) {
        return;
      }
      replace(who.machine(), session);
      session.wire.send(codec.encode(new FromPool.Welcome(
          parts.settings().heartbeat().toMillis(),
          greeted.challenge().nonce().substring(0, SESSION_CHARS))));
      parts.log().workerJoined(who, offer, greeted.software());
      joined(session, who, offer, funds);
      parts.live().joined(who.machine());
    } finally {
      membership.unlock();
    }
  }

  private void replace(Address machine, WorkerSession session) {
    var old = byMachine.put(machine, session);
    if (old != null) {
      old.move(new State.Ended());
      sessions.remove(old);
      reject(old.wire, "REPLACED", "The same worker connected again.");
    }
  }

  /** Tells what the account gives the machine now, or ends the session of one it does not list. */
  private void check(WorkerSession session, Who who) {
    try {
      var funds = parts.chain().funds(who.machine(), who.worker());
      session.listed(now());
      tell(new WorkerEvent.FundsObserved(who.machine(), funds));
    } catch (RucheException e) {
      if (e.isRetryable()) {
        parts.log().accountUnchecked(who, e.code());
        return;
      }
      reject(session.wire, e.code(), e.getMessage() + " " + e.hint());
      leave(session, e.code(), new WorkerEvent.Expelled(who.machine()));
    }
  }

  private void joined(WorkerSession session, Who who, WorkerOffer offer, Funds funds) {
    // An account is its own owner: what it says of others must not keep those from their work.
    tell(new WorkerEvent.Joined(
        who.machine(), who.worker(), who.worker(), offer, funds, session.wire.addressRange()));
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
    leave(session, reason, null);
  }

  /**
   * Ends a session.
   *
   * @param event what the engine hears; null for a worker that may come back
   */
  private void leave(WorkerSession session, String reason, @Nullable WorkerEvent event) {
    sessions.remove(session);
    membership.lock();
    try {
      var last = session.state();
      if (session.move(new State.Ended())
          && last instanceof State.LoggedIn(var who, var _, var _)
          && byMachine.remove(who.machine(), session)) {
        parts.log().workerLeft(who, reason);
        tell(event == null ? new WorkerEvent.Left(who.machine()) : event);
      }
    } finally {
      membership.unlock();
    }
  }

  /** Sessions that this pool ended and logins that it refused since the start, by code. */
  public Map<String, Long> rejections() {
    var counts = new HashMap<String, Long>();
    rejections.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  /** Open connections, logged in or not yet. */
  public int sessionCount() {
    return sessions.size();
  }

  private void reject(Wire wire, String code, String detail) {
    rejections.computeIfAbsent(code, key -> new LongAdder()).increment();
    wire.send(codec.encode(new FromPool.Rejected(code, PoolLog.printable(detail))));
    wire.close(code);
  }

  private void tell(Event event) {
    parts.events().accept(List.of(event));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
