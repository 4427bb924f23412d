package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at a drained pool until nothing of it is left, through restarts of its server: what is left
 * is on its disk and on chain, and is told again when it answers.
 */
final class DrainWatch {
  static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Looks in a row without an answer, ten minutes, after which a person should know. */
  static final int MAX_SILENT = 300;

  /** One look may be answered with a picture of a second before, when the pool still sold. */
  private static final int SELLING_LOOKS = 2;

  private final Supplier<JsonNode> status;
  private final int quietLooks;
  private final Consumer<String> note;
  private int silent;
  private int quiet;
  private int selling;
  private Left told = new Left(-1, -1);

  /** What a drained pool has still to do. */
  record Left(long tasks, long orders) {
    static Left of(JsonNode status) {
      return new Left(
          status.path("openTasks").asLong(), status.path("openOrders").asLong());
    }

    boolean isNothing() {
      return tasks == 0 && orders == 0;
    }
  }

  /**
   * A watch that has seen nothing yet.
   *
   * @param status as the pool's server tells it
   * @param quietLooks looks in a row that must find nothing: an order that was matched a moment ago
   *     is used up already and no deal yet
   * @param note hears what is left whenever that changes
   */
  DrainWatch(Supplier<JsonNode> status, int quietLooks, Consumer<String> note) {
    this.status = status;
    this.quietLooks = quietLooks;
    this.note = note;
  }

  /**
   * Looks once.
   *
   * @return whether nothing is left
   * @throws RucheException POOL_RESUMED when it sells again; the server's silence when it lasts
   */
  boolean isOver() {
    JsonNode seen;
    try {
      seen = status.get();
    } catch (RucheException e) {
      silent(e);
      return false;
    }
    silent = 0;
    if (!seen.has("drainedSince")) {
      selling();
      return false;
    }
    selling = 0;
    var left = Left.of(seen);
    if (!left.equals(told)) {
      note.accept("%d tasks and %d orders are left.".formatted(left.tasks(), left.orders()));
      told = left;
    }
    quiet = left.isNothing() ? quiet + 1 : 0;
    return quiet >= quietLooks;
  }

  private void selling() {
    quiet = 0;
    selling++;
    if (selling == SELLING_LOOKS) {
      throw new RucheException(
          "POOL_RESUMED",
          "the pool was resumed meanwhile and sells again.",
          "Drain it again with `ruche pool drain --wait`.",
          false);
    }
  }

  private void silent(RucheException e) {
    quiet = 0;
    silent++;
    if (!e.isRetryable() || silent >= MAX_SILENT) {
      throw e;
    }
    if (silent == 1) {
      note.accept("The server does not answer; waiting for it, as the drain is on its disk.");
      told = new Left(-1, -1);
    }
  }
}
