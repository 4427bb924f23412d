package io.ruche.core;

import java.time.Duration;
import java.time.Instant;

/**
 * What the owner of a workerpool signs to tell its server whom to let work, and whether to sell.
 * Names the chain, the pool, the worker and the reason, so that it serves for nothing else; the
 * time bounds how long.
 *
 * @param worker whom it is about; zero for the whole pool
 * @param reason for the worker to read; empty where none is asked for
 */
public record OperatorText(
    Action action, long chainId, Address workerpool, Address worker, String reason, Instant time) {
  /** A pool takes a text whose time is at most so far from its own. */
  public static final Duration VALID_FOR = Duration.ofMinutes(5);

  public static final int MAX_REASON_CHARS = 200;

  /** What the operator wants. */
  public enum Action {
    BAN,
    READMIT,
    DRAIN,
    RESUME
  }

  public OperatorText {
    time = Instant.ofEpochSecond(time.getEpochSecond());
    if (reason.length() > MAX_REASON_CHARS || reason.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "expected a reason of one line of up to %d characters".formatted(MAX_REASON_CHARS));
    }
  }

  /** Whether it may still, or already, be taken. */
  public boolean isTimely(Instant now) {
    return Duration.between(time, now).abs().compareTo(VALID_FOR) <= 0;
  }

  public String text() {
    return """
        Ruche order to a workerpool
        action: %s
        chain: %d
        workerpool: %s
        worker: %s
        reason: %s
        time: %s""".formatted(action, chainId, workerpool, worker, reason, time);
  }
}
