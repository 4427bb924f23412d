package io.ruche.link;

import java.time.Duration;

/**
 * The times of a link.
 *
 * @param answer longest wait for a connection, an answer during login, or a frame to be taken
 * @param firstPause after the first failed try to connect
 * @param longestPause between tries
 * @param missedBeats heartbeat periods without a word from the pool after which the session is
 *     given up
 */
public record LinkPace(
    Duration answer, Duration firstPause, Duration longestPause, int missedBeats) {
  public static LinkPace defaults() {
    return new LinkPace(Duration.ofSeconds(10), Duration.ofMillis(250), Duration.ofSeconds(30), 3);
  }
}
