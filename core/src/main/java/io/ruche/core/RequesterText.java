package io.ruche.core;

import java.time.Duration;
import java.time.Instant;

/**
 * What a requester signs to have a say about its task at a pool. Names what it asks for, the chain,
 * the pool and the task, so that it serves for nothing else; the time bounds how long.
 */
public record RequesterText(
    Action action, long chainId, Address workerpool, TaskId task, Instant time) {
  /** A pool takes a text whose time is at most so far from its own. */
  public static final Duration VALID_FOR = Duration.ofMinutes(5);

  /** What is asked for. */
  public enum Action {
    READ_LOGS,
    CANCEL
  }

  public RequesterText {
    time = Instant.ofEpochSecond(time.getEpochSecond());
  }

  /** Whether it may still, or already, be taken. */
  public boolean isTimely(Instant now) {
    return Duration.between(time, now).abs().compareTo(VALID_FOR) <= 0;
  }

  public String text() {
    return """
        Ruche request about a task
        action: %s
        chain: %d
        workerpool: %s
        task: %s
        time: %s""".formatted(action, chainId, workerpool, task, time);
  }
}
