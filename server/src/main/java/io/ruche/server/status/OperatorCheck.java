package io.ruche.server.status;

import io.javalin.http.Context;
import io.ruche.core.Address;
import io.ruche.core.OperatorText;
import io.ruche.core.OperatorText.Action;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.pool.LinkDesk.Recover;
import io.ruche.server.pool.Pool;
import java.time.InstantSource;

/**
 * Whether the pool's owner gives an order: the headers {@code Ruche-Address}, {@code Ruche-Time}
 * and {@code Ruche-Signature}, the personal signature of an {@link OperatorText}.
 */
public final class OperatorCheck {
  private final Pool pool;
  private final Recover recover;
  private final InstantSource clock;

  public OperatorCheck(Pool pool, Recover recover, InstantSource clock) {
    this.pool = pool;
    this.recover = recover;
    this.clock = clock;
  }

  /**
   * Lets an order about the whole pool pass.
   *
   * @throws HttpProblem as {@link #require(Context, Action, Address, String)}
   */
  void require(Context context, Action action) {
    require(context, action, Address.ZERO, "");
  }

  /**
   * Lets an order about a worker pass.
   *
   * @throws HttpProblem 401 when nobody proved who orders, 403 when it is not the pool's owner, 400
   *     when the reason is none
   */
  OperatorText require(Context context, Action action, Address worker, String reason) {
    var headers = SignedHeaders.of(context);
    var order = order(headers, action, worker, reason);
    if (!order.isTimely(clock.instant())) {
      throw SignedHeaders.expired(order.time(), clock.instant());
    }
    if (!headers.address().equals(recover.signerOf(order.text(), headers.signature()))) {
      throw HttpProblem.unauthorized(
          "BAD_SIGNATURE",
          "this order to %s is not signed by %s."
              .formatted(action, headers.address().checksummed()),
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

  private OperatorText order(SignedHeaders headers, Action action, Address worker, String reason) {
    var link = pool.linkSettings();
    try {
      return new OperatorText(
          action, link.chainId(), link.workerpool(), worker, reason, headers.time());
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("BAD_PARAMETER", "reason: %s.".formatted(e.getMessage()), "");
    }
  }
}
