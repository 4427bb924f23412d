package io.ruche.agent.live;

import io.ruche.link.LinkLimits;
import io.ruche.link.OutputLog;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunListener;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run as it goes on: what the app wrote so far, and how far it says it is. Thread-safe. No
 * progress is told any more once {@link #ended} has returned.
 */
public final class LiveRun implements RunListener {
  private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

  private final OutputLog log = new OutputLog();
  private final ProgressLines lines = new ProgressLines();
  private final Consumer<String> progress;
  private final Runnable onUntold;
  private long toldAt = System.nanoTime() - PROGRESS_NANOS;
  private @Nullable String untold;
  private @Nullable String end;

  /** A piece of the log, and where the log stands. */
  record Look(OutputLog.Piece piece, int total, @Nullable String end) {
    boolean isLast() {
      return end != null && piece.next() == total;
    }
  }

  /**
   * Nothing is written yet.
   *
   * @param progress told at most once a second
   * @param onUntold called when a report must wait until {@link #tellProgress}
   */
  LiveRun(Consumer<String> progress, Runnable onUntold) {
    this.progress = progress;
    this.onUntold = onUntold;
  }

  @Override
  public synchronized void logged(LogStream stream, byte[] bytes) {
    if (end != null) {
      return;
    }
    log.append(io.ruche.link.LogStream.valueOf(stream.name()), bytes);
    if (stream == LogStream.STDERR) {
      lines.read(bytes).ifPresent(report -> untold = report);
      tellProgress();
      if (untold != null) {
        onUntold.run();
      }
    }
  }

  /** Tells a progress that came too soon after the last one. */
  synchronized void tellProgress() {
    boolean isDue = System.nanoTime() - toldAt >= PROGRESS_NANOS;
    if (untold != null && end == null && isDue) {
      toldAt = System.nanoTime();
      progress.accept(untold);
      untold = null;
    }
  }

  synchronized boolean hasUntold() {
    return untold != null && end == null;
  }

  /** The run is over; only what is said first counts. */
  public synchronized void ended(String how) {
    if (end == null) {
      end = how;
    }
  }

  synchronized boolean isOver() {
    return end != null;
  }

  synchronized int size() {
    return log.size();
  }

  synchronized Look look(int from) {
    return new Look(log.from(from, LinkLimits.MAX_OUTPUT_BYTES), log.size(), end);
  }
}
