package io.ruche.cli.deal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import io.ruche.core.RucheException;
import io.ruche.sdk.BagView;
import io.ruche.sdk.OwnTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Stops what has not ended of a bag, some tasks at a time. */
final class BagCancel {
  private static final int AT_ONCE = 8;

  /** A pool takes so many requests a minute: one that has enough is asked again after pauses. */
  private static final int MAX_TRIES = 8;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Session session;
  private final OwnTasks tasks;

  BagCancel(Session session, OwnTasks tasks) {
    this.session = session;
    this.tasks = tasks;
  }

  /**
   * What became of the wish.
   *
   * @param problem null when the task stops
   */
  record Item(BagView.Entry entry, String state, @Nullable RucheException problem) {
    boolean isFine() {
      return problem == null || problem.code().equals("ALREADY_SETTLED");
    }
  }

  List<Item> cancel(BagView bag) {
    var open = bag.entries().stream().filter(entry -> !entry.status().isFinal()).toList();
    var bar = new ProgressLine(session.printer());
    var items = new ArrayList<Item>();
    try (var pool = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      var asked = open.stream().map(entry -> pool.submit(() -> cancel(entry))).toList();
      for (var item : asked) {
        bar.show(open.size(), items.size(), "%d of %d asked".formatted(items.size(), open.size()));
        items.add(answerOf(item, pool));
      }
    }
    bar.show(open.size(), items.size(), "%d of %d asked".formatted(items.size(), open.size()));
    bar.end();
    return items;
  }

  private static Item answerOf(Future<Item> item, ExecutorService pool) {
    try {
      return item.get();
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new RucheException(
          "CANCELLED",
          "stopping the tasks was interrupted; some are stopped, some are not.",
          "Say the same command again: it stops the others.",
          false,
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a task could not be stopped", e.getCause());
    }
  }

  private Item cancel(BagView.Entry entry) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        var stopping = tasks.cancel(entry.deal(), entry.id());
        return new Item(entry, stopping.isRepeated() ? "cancelling already" : "cancelling", null);
      } catch (RucheException e) {
        if (!e.isRetryable() || tries == MAX_TRIES) {
          return new Item(entry, stateOf(e), e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private static String stateOf(RucheException problem) {
    return switch (problem.code()) {
      case "ALREADY_SETTLED" -> "has ended";
      case "TOO_LATE" -> "too late: a run may have its result";
      default -> problem.code();
    };
  }

  static Answer answer(List<Item> items) {
    var json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray("tasks");
    var rows = new ArrayList<List<Cell>>();
    for (var item : items) {
      var task = array
          .addObject()
          .put("task", item.entry().id().hex())
          .put("index", item.entry().index())
          .put("isCancelling", item.problem() == null);
      if (item.problem() != null) {
        task.put("code", item.problem().code()).put("message", item.problem().getMessage());
      }
      rows.add(List.of(
          Cell.of(item.entry().index()), Cell.id(item.entry().id()), Cell.of(item.state())));
    }
    return new Answer(
        json,
        rows.isEmpty() ? List.of() : List.of(new Table(List.of("INDEX", "TASK", "CANCEL"), rows)),
        items.stream().map(item -> item.entry().id().hex()).toList());
  }

  static int exitCode(List<Item> items) {
    return items.stream().allMatch(Item::isFine) ? ExitCode.OK : ExitCode.FAILED;
  }
}
