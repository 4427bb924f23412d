package io.ruche.server.status;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.OperatorText.Action;
import io.ruche.scheduler.ShellEvent;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.Json;
import io.ruche.server.pool.Pool;

/**
 * {@code POST} and {@code DELETE /pool/drain}: by word of the workerpool's owner the pool sells
 * nothing more and finishes what is sold, or sells again.
 */
public final class DrainRoutes implements HttpOrigin.Routes {
  private final Pool pool;
  private final OperatorCheck operator;

  public DrainRoutes(Pool pool, OperatorCheck operator) {
    this.pool = pool;
    this.operator = operator;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/pool/drain", this::drain);
    routes.delete("/pool/drain", this::resume);
  }

  private void drain(Context context) {
    operator.require(context, Action.DRAIN);
    pool.order(new ShellEvent.PoolDrained());
    Json.answer(context, Json.object().put("ok", true).put("state", "DRAINING"));
  }

  private void resume(Context context) {
    operator.require(context, Action.RESUME);
    pool.order(new ShellEvent.PoolResumed());
    Json.answer(context, Json.object().put("ok", true).put("state", "SELLING"));
  }
}
