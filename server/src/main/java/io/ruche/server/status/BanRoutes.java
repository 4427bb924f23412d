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
import io.ruche.server.pool.LinkDesk.Recover;
import io.ruche.server.pool.Pool;
import java.time.InstantSource;

/**
 * {@code POST} and {@code DELETE /pool/bans/<worker>}: by word of the workerpool's owner a worker
 * gets no more work, or gets some again.
 */
public final class BanRoutes implements HttpOrigin.Routes {
  private final Pool pool;
  private final Recover recover;
  private final InstantSource clock;

  public BanRoutes(Pool pool, Recover recover, InstantSource clock) {
    this.pool = pool;
    this.recover = recover;
    this.clock = clock;
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
    var headers = SignedHeaders.of(context);
    var order = order(context, headers, action, reason);
    if (!order.isTimely(clock.instant())) {
      throw SignedHeaders.expired(order.time(), clock.instant());
    }
    if (!headers.address().equals(recover.signerOf(order.text(), headers.signature()))) {
      throw HttpProblem.unauthorized(
          "BAD_SIGNATURE",
          "this order about worker %s is not signed by %s."
              .formatted(order.worker(), headers.address().checksummed()),
          "Sign the text of this action, chain, workerpool, worker, reason and time.");
    }
    if (!headers.address().equals(pool.owner())) {
      throw new HttpProblem(
          403,
          "NOT_OPERATOR",
          "this pool belongs to %s, and %s asks."
              .formatted(pool.owner().checksummed(), headers.address().checksummed()),
          "Choose the pool owner's wallet with --wallet.");
    }
    return order;
  }

  private OperatorText order(Context context, SignedHeaders headers, Action action, String reason) {
    var link = pool.linkSettings();
    var worker = Read.addressIn(context, "worker");
    try {
      return new OperatorText(
          action, link.chainId(), link.workerpool(), worker, reason, headers.time());
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("BAD_PARAMETER", "reason: %s.".formatted(e.getMessage()), "");
    }
  }
}
