package io.ruche.server.status;

import io.javalin.http.Context;
import io.ruche.core.Address;
import io.ruche.core.Deal;
import io.ruche.core.RequesterText;
import io.ruche.core.RequesterText.Action;
import io.ruche.core.Signature;
import io.ruche.core.TaskId;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.pool.LinkDesk.Recover;
import io.ruche.server.pool.Pool;
import java.time.InstantSource;

/**
 * Who asks: the headers {@code Ruche-Address}, {@code Ruche-Time} and {@code Ruche-Signature}, the
 * personal signature of a {@link RequesterText}. Only the deal's requester has a say about a task;
 * logs may also be read by its beneficiary, to whom the requester gave the result. Paying as a
 * sponsor gives no say.
 */
public final class RequesterCheck {
  private final Pool pool;
  private final Recover recover;
  private final InstantSource clock;

  public RequesterCheck(Pool pool, Recover recover, InstantSource clock) {
    this.pool = pool;
    this.recover = recover;
    this.clock = clock;
  }

  /** Who asked, proved. */
  public record Asker(Address address, RequesterText text, Signature signature) {}

  /**
   * Lets a request pass.
   *
   * @throws HttpProblem 401 when nobody proved who asks, 403 when it is not for them, 404 when the
   *     pool has no such task
   */
  public Asker require(Context context, Action action, TaskId task) {
    var asker = asker(context, action, task);
    var deal = pool.dealOf(task)
        .orElseThrow(() -> HttpProblem.notFound(
            "TASK_UNKNOWN", "task %s is not under way at this pool.".formatted(task)))
        .deal();
    if (!mayAsk(asker.address(), action, deal)) {
      throw new HttpProblem(
          403,
          "NOT_REQUESTER",
          "task %s is of requester %s, and %s asks."
              .formatted(task, deal.requester().checksummed(), asker.address().checksummed()),
          "Choose the requester's wallet with --wallet.");
    }
    return asker;
  }

  private static boolean mayAsk(Address who, Action action, Deal deal) {
    return who.equals(deal.requester())
        || (action == Action.READ_LOGS && who.equals(deal.beneficiary()));
  }

  private Asker asker(Context context, Action action, TaskId task) {
    var headers = SignedHeaders.of(context);
    var who = headers.address();
    var time = headers.time();
    var link = pool.linkSettings();
    var text = new RequesterText(action, link.chainId(), link.workerpool(), task, time);
    if (!text.isTimely(clock.instant())) {
      throw SignedHeaders.expired(time, clock.instant());
    }
    if (!who.equals(recover.signerOf(text.text(), headers.signature()))) {
      throw HttpProblem.unauthorized(
          "BAD_SIGNATURE",
          "this request about task %s is not signed by %s.".formatted(task, who.checksummed()),
          "Sign the text of this action, chain, workerpool, task and time with that wallet.");
    }
    return new Asker(who, text, headers.signature());
  }
}
