package io.ruche.scheduler;

import io.ruche.scheduler.ShellEvent.ChainAction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Follows the one transaction that a task waits for. It is repeated only after a look at the chain
 * that was asked for once its patience or its back-off had run out.
 */
final class TxWatch {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 6;

  private @Nullable ChainAction action;
  private Instant nextStepAt = Instant.MIN;
  private @Nullable Instant lookedAt;
  private int failures;
  private String lastCode = "";

  /** What to do about an action that is still needed. */
  enum Step {
    SEND,
    OBSERVE,
    WAIT
  }

  Instant nextStepAt() {
    return nextStepAt;
  }

  int failures() {
    return failures;
  }

  String lastCode() {
    return lastCode;
  }

  boolean isWaitingFor(ChainAction wanted) {
    return action == wanted;
  }

  Step stepFor(ChainAction wanted, Instant observedAt, Instant now) {
    boolean isAnswered = lookedAt != null && !observedAt.isBefore(lookedAt);
    if (action != wanted || isAnswered) {
      return Step.SEND;
    }
    return now.isBefore(nextStepAt) ? Step.WAIT : Step.OBSERVE;
  }

  void sent(ChainAction newAction, Instant now, Duration patience) {
    if (action != newAction) {
      failures = 0;
      lastCode = "";
    }
    action = newAction;
    lookedAt = null;
    nextStepAt = now.plus(patience);
  }

  void looking(Instant now, Duration patience) {
    lookedAt = now;
    nextStepAt = now.plus(patience);
  }

  void failed(String code, Instant now) {
    lastCode = code;
    lookedAt = null;
    int doublings = Math.min(failures++, MAX_DOUBLINGS);
    nextStepAt = now.plus(FIRST_BACKOFF.multipliedBy(1L << doublings));
  }

  void done() {
    action = null;
    lookedAt = null;
    failures = 0;
    lastCode = "";
    nextStepAt = Instant.MIN;
  }
}
