package io.ruche.server.pool;

import io.ruche.core.Address;
import java.time.Duration;

/**
 * Limits of worker sessions.
 *
 * @param heartbeat period that workers keep; after three silent ones a session is ended
 * @param loginWithin time from connecting to a valid login
 * @param maxSessions connected at once, logged in or not
 * @param messagesPerSecond of one session, saved up for a few seconds; a task takes six of its
 *     worker, and a large machine may end hundreds a second
 * @param maxOutbound messages that wait for one slow worker before it is cut off
 */
public record LinkSettings(
    long chainId,
    Address hub,
    Address workerpool,
    Duration heartbeat,
    Duration loginWithin,
    int maxSessions,
    int messagesPerSecond,
    int maxOutbound) {
  static final int SILENT_HEARTBEATS = 3;
  static final int BURST_SECONDS = 5;

  public static LinkSettings of(long chainId, Address hub, Address workerpool) {
    return new LinkSettings(
        chainId,
        hub,
        workerpool,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        2_000,
        4_000,
        8_192);
  }

  public LinkSettings withHeartbeat(Duration value) {
    return new LinkSettings(
        chainId, hub, workerpool, value, loginWithin, maxSessions, messagesPerSecond, maxOutbound);
  }

  public LinkSettings withMaxSessions(int value) {
    return new LinkSettings(
        chainId, hub, workerpool, heartbeat, loginWithin, value, messagesPerSecond, maxOutbound);
  }

  Duration silence() {
    return heartbeat.multipliedBy(SILENT_HEARTBEATS);
  }
}
