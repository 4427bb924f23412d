package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.OperatorText;
import io.ruche.core.OperatorText.Action;
import io.ruche.scheduler.ShellEvent;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.server.pool.Pool;

/**
 * {@code POST} and {@code DELETE /pool/bans/<worker>}: by word of the workerpool's owner a worker
 * gets no more work, or gets some again.
 */
public final class BanRoutes implements HttpOrigin.Routes {
  private final Pool pool;
  private final OperatorCheck operator;

  public BanRoutes(Pool pool, OperatorCheck operator) {
    this.pool = pool;
    this.operator = operator;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/pool/bans/{worker}", this::ban);
    routes.delete("/pool/bans/{worker}", this::readmit);
  }

  private void ban(Context context) {
    var reason = context.queryParam("reason");
    if (reason == null || reason.isBlank()) {
      throw HttpProblem.badRequest(
          "BAD_PARAMETER", "expected a reason, found none.", "Say why, for the worker to read.");
    }
    var order = require(context, Action.BAN, reason);
    pool.order(new ShellEvent.WorkerBanned(order.worker(), order.reason()));
    answer(context, order);
  }

  private void readmit(Context context) {
    var order = require(context, Action.READMIT, "");
    pool.order(new ShellEvent.WorkerReadmitted(order.worker()));
    answer(context, order);
  }

  private static void answer(Context context, OperatorText order) {
    Json.answer(
        context,
        Json.object()
            .put("ok", true)
            .put("worker", order.worker().checksummed())
            .put("state", order.action() == Action.BAN ? "BANNED" : "ADMITTED"));
  }

  private OperatorText require(Context context, Action action, String reason) {
    return operator.require(context, action, Read.addressIn(context, "worker"), reason);
  }
}
