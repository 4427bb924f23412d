package io.ruche.server.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.link.AttemptRef;
import io.ruche.link.LinkLimits;
import io.ruche.link.LogStream;
import io.ruche.server.http.Json;
import io.ruche.server.live.WatchedLog;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.TaskView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one log as lines of JSON, with a sign of life while nothing happens. */
final class LogAnswer {
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

  /** Whoever follows for longer connects again, with a new signature. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How long a worker may take to tell what it has, for those who do not follow. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Pool pool;
  private final AttemptRef ref;
  private final WatchedLog log;
  private final OutputStream out;
  private final long startedAt = System.nanoTime();
  private long writtenAt = startedAt;
  private String shown = "";
  private int offset;

  LogAnswer(Pool pool, AttemptRef ref, WatchedLog log, OutputStream out) {
    this.pool = pool;
    this.ref = ref;
    this.log = log;
    this.out = out;
  }

  void write(int from, boolean isFollowed) throws IOException {
    offset = from;
    try {
      while (!pool.live().isClosed() && age(startedAt) < LONGEST.toNanos()) {
        var attempt = attempt();
        showPhase(attempt);
        var look = log.await(offset, LinkLimits.MAX_OUTPUT_BYTES, TURN);
        boolean hasText = writePiece(look);
        if (look.end() != null) {
          end(look.end());
          return;
        }
        boolean isOver = attempt == null || !attempt.end().isEmpty() || isSettled();
        if (!hasText && isOver) {
          end(attempt == null || attempt.end().isEmpty() ? status() : attempt.end());
          return;
        }
        boolean hasAll = look.isCaughtUp() || age(startedAt) > PATIENCE.toNanos();
        if (!isFollowed && !hasText && hasAll) {
          line(Json.object().put("next", offset));
          return;
        }
        showLife();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whole characters only, as long as more may come. */
  private boolean writePiece(WatchedLog.Look look) throws IOException {
    byte[] bytes = look.piece().bytes();
    int length = Utf8Edge.wholeLength(bytes);
    if (length == 0) {
      length = bytes.length;
    }
    if (length == 0) {
      return false;
    }
    int next = look.piece().offset() + length;
    line(Json.object()
        .put("stream", look.piece().stream() == LogStream.STDERR ? "stderr" : "stdout")
        .put("offset", look.piece().offset())
        .put("next", next)
        .put("text", new String(bytes, 0, length, StandardCharsets.UTF_8)));
    offset = next;
    return true;
  }

  private void showPhase(TaskView.@Nullable Attempt attempt) throws IOException {
    if (attempt == null) {
      return;
    }
    var now = attempt.phase() + " " + attempt.detail();
    if (!now.equals(shown)) {
      shown = now;
      line(Json.object()
          .put("attempt", attempt.number())
          .put("worker", attempt.worker().checksummed())
          .put("phase", attempt.phase())
          .put("detail", attempt.detail()));
    }
  }

  private void end(String how) throws IOException {
    line(
        Json.object()
            .put("end", how)
            .put("next", offset)
            .put(
                "note",
                "Once the task is settled, the logs are stdout.txt and stderr.txt in its result archive."));
  }

  private void showLife() throws IOException {
    if (age(writtenAt) > SIGN_OF_LIFE.toNanos()) {
      write("\n");
    }
  }

  private void line(ObjectNode json) throws IOException {
    write(json + "\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writtenAt = System.nanoTime();
  }

  private TaskView.@Nullable Attempt attempt() {
    return pool.board().task(ref.task()).stream()
        .flatMap(task -> task.attempts().stream())
        .filter(one -> one.number() == ref.attempt())
        .findFirst()
        .orElse(null);
  }

  private boolean isSettled() {
    return pool.board().task(ref.task()).map(task -> task.status().isFinal()).orElse(true);
  }

  private String status() {
    return pool.board()
        .task(ref.task())
        .map(task -> "the task is " + task.status().name().toLowerCase(Locale.ROOT))
        .orElse("the pool has forgotten the task");
  }

  private static long age(long since) {
    return System.nanoTime() - since;
  }
}
