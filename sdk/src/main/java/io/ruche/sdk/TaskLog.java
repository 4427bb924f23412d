package io.ruche.sdk;

import io.ruche.core.RucheException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one run writes. A connection that breaks is taken up again where it broke: nothing is
 * missing and nothing comes twice. Used by one thread.
 */
public final class TaskLog {
  /** Times that it connects again without having learned anything new. */
  static final int MAX_RETRIES = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final JsonHttp http;
  private final Function<String, HttpRequest.Builder> requests;
  private final boolean isFollowed;
  private @Nullable Integer attempt;
  private int offset;
  private boolean isOver;
  private boolean hasNews;

  /**
   * Which part of a log.
   *
   * @param attempt number of the run; null for the one that goes on, else the latest
   * @param from offset to begin at
   * @param isFollowed until the run ends; else until where the log stands now
   */
  public record Part(@Nullable Integer attempt, int from, boolean isFollowed) {}

  TaskLog(JsonHttp http, Function<String, HttpRequest.Builder> requests, Part part) {
    this.http = http;
    this.requests = requests;
    this.isFollowed = part.isFollowed();
    this.attempt = part.attempt();
    this.offset = part.from();
  }

  /**
   * Hands over line after line, until the end of the run or of what there is.
   *
   * @throws RucheException NOT_REQUESTER, TASK_UNKNOWN, NOT_STARTED, RATE_LIMITED, or that the pool
   *     cannot be reached; {@link #offset} tells where to begin again
   */
  public void read(Consumer<LogLine> lines) {
    int failures = 0;
    while (!isOver) {
      hasNews = false;
      try {
        http.lines(requests.apply(query()).GET().build(), (raw, json) -> {
          var line = LogLine.of(raw, json);
          note(line);
          lines.accept(line);
        });
        failures = hasNews ? 0 : failures + 1;
        if (failures > MAX_RETRIES) {
          throw SdkErrors.logSilent(offset);
        }
      } catch (RucheException e) {
        failures = hasNews ? 1 : failures + 1;
        if (!e.isRetryable() || failures > MAX_RETRIES) {
          throw e;
        }
      }
      if (!isOver && failures > 0) {
        pause(failures);
      }
    }
  }

  /** Where the next byte of the log would be. */
  public int offset() {
    return offset;
  }

  private String query() {
    return "from=%d&follow=%s%s"
        .formatted(offset, isFollowed, attempt == null ? "" : "&attempt=" + attempt);
  }

  /** What must be known to go on after a break. */
  private void note(LogLine line) {
    switch (line.content()) {
      case LogLine.Text text -> {
        hasNews = true;
        offset = text.next();
      }
      case LogLine.Progress progress -> attempt = progress.attempt();
      case LogLine.End _ -> isOver = true;
      case LogLine.Pause pause -> {
        hasNews |= isFollowed;
        offset = pause.next();
        isOver = !isFollowed;
      }
      case LogLine.Unknown _ -> {}
    }
  }

  private static void pause(int failures) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    LockSupport.parkNanos((pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new RucheException(
          "CANCELLED", "reading the log was interrupted; the run goes on.", "", false);
    }
  }
}
