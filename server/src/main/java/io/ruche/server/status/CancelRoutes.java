package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.Cancellation;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.TaskId;
import io.ruche.scheduler.CancelState;
import io.ruche.scheduler.ShellEvent;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.TaskView;
import java.util.Optional;

/** {@code POST /tasks/<task>/cancel}: its requester stops a task, which is charged all the same. */
public final class CancelRoutes implements HttpOrigin.Routes {
  private static final int ACCEPTED = 202;

  private final Pool pool;
  private final RequesterCheck check;

  public CancelRoutes(Pool pool, RequesterCheck check) {
    this.pool = pool;
    this.check = check;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/tasks/{task}/cancel", this::cancel);
  }

  private void cancel(Context context) {
    var task = Read.task(context, "task");
    var asker = check.require(context, Action.CANCEL, task);
    boolean isRepeated = pool.cancelState(task) instanceof CancelState.Stopping;
    var word = new Cancellation(asker.text().time(), asker.signature());
    var state = pool.cancel(new ShellEvent.CancelAsked(task, asker.address(), word));
    switch (state) {
      case CancelState.Stopping(var running) ->
        Json.answer(
            context,
            ACCEPTED,
            Json.object()
                .put("ok", true)
                .put("task", task.hex())
                .put("state", "CANCELLING")
                .put("isRepeated", isRepeated)
                .put("running", running));
      case CancelState.TooLate(var reason) ->
        throw new HttpProblem(
            409,
            "TOO_LATE",
            "task %s goes on to its end: %s".formatted(task, reason.sentence()),
            "Wait for its result.");
      case CancelState.Settled _ -> throw settled(task);
      case CancelState.Unknown _ -> throw isSettled(task) ? settled(task) : unknown(task);
      case CancelState.Possible _ ->
        throw new IllegalStateException("task %s was not stopped".formatted(task));
    }
  }

  private boolean isSettled(TaskId task) {
    Optional<TaskView> view = pool.board().task(task);
    return view.filter(one -> one.status().isFinal()).isPresent();
  }

  private static HttpProblem settled(TaskId task) {
    return new HttpProblem(
        409,
        "ALREADY_SETTLED",
        "task %s is settled on chain.".formatted(task),
        "Nothing runs any more; `ruche task show %s` tells how it ended.".formatted(task));
  }

  private static HttpProblem unknown(TaskId task) {
    return HttpProblem.notFound(
        "TASK_UNKNOWN", "task %s is not under way at this pool.".formatted(task));
  }
}
