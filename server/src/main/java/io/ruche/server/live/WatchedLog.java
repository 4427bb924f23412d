package io.ruche.server.live;

import io.ruche.core.Address;
import io.ruche.link.AttemptRef;
import io.ruche.link.FromWorker;
import io.ruche.link.OutputLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt as far as its worker sent it, from the first byte on. Any thread may call.
 */
public final class WatchedLog {
  private final AttemptRef ref;
  private final Address machine;
  private final OutputLog log = new OutputLog();
  private int watchers;
  private boolean isCaughtUp;
  private @Nullable String end;

  /**
   * What there is from an offset on.
   *
   * @param isCaughtUp the worker had nothing more when it was heard last
   * @param end how the run ended, once the piece is the last one; null before
   */
  public record Look(
      OutputLog.Piece piece, boolean isCaughtUp, @Nullable String end) {}

  WatchedLog(AttemptRef ref, Address machine) {
    this.ref = ref;
    this.machine = machine;
  }

  AttemptRef ref() {
    return ref;
  }

  Address machine() {
    return machine;
  }

  /** Waits until there is something behind the offset, the log has ended, or time is over. */
  public synchronized Look await(int offset, int maxBytes, Duration time)
      throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (log.size() <= offset && end == null) {
      long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    var piece = log.from(offset, maxBytes);
    boolean isLast = piece.next() == log.size();
    return new Look(piece, isCaughtUp && isLast, isLast ? end : null);
  }

  /** Takes a piece; what is here already is skipped. False when bytes before it are missing. */
  synchronized boolean take(FromWorker.Output output) {
    byte[] bytes = output.bytes();
    if (output.offset() > log.size()) {
      return false;
    }
    int known = log.size() - output.offset();
    if (known < bytes.length) {
      var rest = new byte[bytes.length - known];
      System.arraycopy(bytes, known, rest, 0, rest.length);
      log.append(output.stream(), rest);
    }
    isCaughtUp = log.size() >= output.total();
    if (output.end() != null) {
      end = output.end();
    }
    notifyAll();
    return true;
  }

  synchronized int size() {
    return log.size();
  }

  synchronized boolean isOver() {
    return end != null;
  }

  synchronized int enter() {
    watchers++;
    if (watchers == 1) {
      isCaughtUp = false;
    }
    return watchers;
  }

  synchronized int leave() {
    return --watchers;
  }

  synchronized boolean isWatched() {
    return watchers > 0;
  }
}
