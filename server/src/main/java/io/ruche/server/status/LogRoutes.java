package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.TaskId;
import io.ruche.link.AttemptRef;
import io.ruche.link.OutputLog;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Read;
import io.ruche.server.live.LiveDesk;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.TaskView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /tasks/<task>/logs?attempt=&from=&follow=}: what a run writes, while it goes on, one
 * JSON object a line. Without {@code follow} the answer ends where the log stands now.
 */
public final class LogRoutes implements HttpOrigin.Routes {
  private static final int MAX_ATTEMPT = 1_000_000;

  private final Pool pool;
  private final RequesterCheck check;

  public LogRoutes(Pool pool, RequesterCheck check) {
    this.pool = pool;
    this.check = check;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/tasks/{task}/logs", this::logs);
  }

  private void logs(Context context) throws IOException {
    var task = Read.task(context, "task");
    var number = Read.number(context, "attempt", MAX_ATTEMPT);
    var from = Read.number(context, "from", OutputLog.MAX_BYTES);
    var follow = Read.query(context, "follow", LogRoutes::flag);
    var asker = check.require(context, Action.READ_LOGS, task);
    var attempt = attempt(task(task), number);
    if (attempt.isEmpty()) {
      throw new HttpProblem(
          409,
          "NOT_STARTED",
          number == null
              ? "no worker has begun with task %s.".formatted(task)
              : "task %s has no attempt %d.".formatted(task, number),
          "Ask again; `ruche task explain %s` tells what it waits for.".formatted(task));
    }
    var ref = new AttemptRef(task, attempt.get().number());
    try (var watcher = watch(ref, attempt.get(), asker)) {
      context.contentType("application/x-ndjson; charset=utf-8");
      var offset = from == null ? 0 : from.intValue();
      write(context, ref, watcher, offset, Boolean.TRUE.equals(follow));
    }
  }

  private void write(
      Context context, AttemptRef ref, LiveDesk.Watcher watcher, int offset, boolean isFollowed)
      throws IOException {
    try {
      // The context's own stream does not pass a flush on.
      var out = context.res().getOutputStream();
      new LogAnswer(pool, ref, watcher.log(), out).write(offset, isFollowed);
    } catch (EofException gone) {
      // The reader has left: there is nobody to tell.
    }
  }

  private LiveDesk.Watcher watch(
      AttemptRef ref, TaskView.Attempt attempt, RequesterCheck.Asker asker) {
    return pool.live()
        .watch(ref, attempt.machine(), asker.address())
        .orElseThrow(() -> HttpProblem.tooMany(
            "too many logs are being watched at this pool, or by this requester.",
            "End another reading, or wait a minute."));
  }

  private List<TaskView.Attempt> task(TaskId id) {
    return pool.board().task(id).map(TaskView::attempts).orElse(List.of());
  }

  /** The one that is named, else the first that goes on, else the latest. */
  private static Optional<TaskView.Attempt> attempt(
      List<TaskView.Attempt> attempts, @Nullable Long number) {
    if (number != null) {
      return attempts.stream().filter(one -> one.number() == number).findFirst();
    }
    return attempts.stream()
        .filter(one -> one.end().isEmpty())
        .findFirst()
        .or(() -> attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast()));
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }
}
