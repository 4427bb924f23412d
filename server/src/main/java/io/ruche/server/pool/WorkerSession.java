package io.ruche.server.pool;

import io.ruche.link.FromPool;
import io.ruche.link.LinkLimits;
import io.ruche.scheduler.WorkerOffer;
import java.time.Duration;
import java.time.Instant;

/**
 * One connection from connecting to its end. Connected → Greeted: hello; Greeted → LoggedIn: valid
 * login; any → Ended.
 */
final class WorkerSession {
  final Wire wire;
  final Instant since;
  private State state = new State.Connected();
  private volatile int version = LinkLimits.MIN_VERSION;
  private double allowance;
  private Instant filledAt;
  private volatile Instant lastHeard;
  private volatile Instant listedAt;

  /** Where the session is. */
  sealed interface State {
    record Connected() implements State {}

    record Greeted(Who who, FromPool.Challenge challenge, String software) implements State {}

    record LoggedIn(Who who, WorkerOffer offer, String software) implements State {}

    record Ended() implements State {}
  }

  WorkerSession(Wire wire, Instant now, double allowance) {
    this.wire = wire;
    this.since = now;
    this.lastHeard = now;
    this.listedAt = now;
    this.filledAt = now;
    this.allowance = allowance;
  }

  synchronized State state() {
    return state;
  }

  /** Moves on; false when the session has ended meanwhile. */
  synchronized boolean move(State next) {
    if (state instanceof State.Ended) {
      return false;
    }
    state = next;
    return true;
  }

  /** The link version that both sides speak. */
  int version() {
    return version;
  }

  void version(int agreed) {
    version = agreed;
  }

  Instant lastHeard() {
    return lastHeard;
  }

  /** When the chain last said that the account lists the machine. */
  Instant listedAt() {
    return listedAt;
  }

  void listed(Instant now) {
    listedAt = now;
  }

  /** Something went wrong that a revocation would explain. */
  void doubt() {
    listedAt = Instant.EPOCH;
  }

  /** Counts messages; false when the sender is over its rate. */
  synchronized boolean heard(Instant now, int perSecond, int messages) {
    lastHeard = now;
    double earned = Duration.between(filledAt, now).toMillis() / 1e3 * perSecond;
    allowance = Math.min(perSecond * (double) LinkSettings.BURST_SECONDS, allowance + earned);
    filledAt = now;
    allowance -= messages;
    return allowance >= 0;
  }
}
