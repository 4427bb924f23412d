package io.ruche.transfer;

import java.time.Duration;

/** The time that one download has left. */
final class Deadline {
  private final Waiting waiting;
  private final long startNanos;
  private final Duration limit;

  Deadline(Waiting waiting, Duration limit) {
    this.waiting = waiting;
    this.startNanos = waiting.nanos();
    this.limit = limit;
  }

  Duration left() {
    return limit.minusNanos(waiting.nanos() - startNanos);
  }

  /** Throws FETCH_TIMEOUT when no time is left, INTERRUPTED when the thread should stop. */
  void check(Object what) {
    if (Thread.currentThread().isInterrupted()) {
      throw TransferCode.INTERRUPTED.error("Interrupted while fetching " + what + ".", "");
    }
    if (!left().isPositive()) {
      throw TransferCode.FETCH_TIMEOUT.error(
          "Fetching %s took longer than %d s.".formatted(what, limit.toSeconds()),
          "Serve the file faster, or raise the time limit of downloads.");
    }
  }

  /** Pauses, but not past the end. */
  void pause(Duration wanted, Object what) {
    check(what);
    try {
      waiting.pause(wanted.compareTo(left()) < 0 ? wanted : left());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check(what);
  }
}
