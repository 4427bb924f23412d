package io.ruche.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose turn it is between an attempt and the chain: one command at a time, with pauses. */
final class ChainTurn {
  private boolean isUnderWay;
  private boolean isInDoubt;
  private int failures;
  private Instant notBefore = Instant.MIN;
  private Event.@Nullable ChainFailed hopeless;

  /** A command may be given now. */
  boolean isFree(Instant now) {
    return !isUnderWay && !now.isBefore(notBefore);
  }

  boolean isUnderWay() {
    return isUnderWay;
  }

  /** The chain must be asked before anything is sent. */
  boolean isInDoubt() {
    return isInDoubt;
  }

  /** Why sending again would be useless; null while it may help. */
  Event.@Nullable ChainFailed hopeless() {
    return hopeless;
  }

  void begin() {
    isUnderWay = true;
  }

  void succeeded() {
    isUnderWay = false;
    isInDoubt = false;
    failures = 0;
    hopeless = null;
    notBefore = Instant.MIN;
  }

  void seen() {
    isUnderWay = false;
    isInDoubt = false;
    notBefore = Instant.MIN;
  }

  void failed(Event.ChainFailed failure, Instant now, WorkerPolicy policy) {
    boolean wasSending = !isInDoubt;
    isUnderWay = false;
    isInDoubt = true;
    waitLonger(now, policy);
    if (wasSending && !failure.isRetryable()) {
      hopeless = failure;
    }
  }

  /** The next command waits, each time twice as long. */
  void waitLonger(Instant now, WorkerPolicy policy) {
    failures++;
    notBefore = now.plus(policy.pauseAfter(failures));
  }

  void askFirst() {
    isInDoubt = true;
    notBefore = Instant.MIN;
  }

  void restUntil(Instant time) {
    notBefore = time;
  }
}
