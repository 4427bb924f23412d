package io.ruche.server.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.scheduler.PoolExplanation;
import io.ruche.scheduler.Reason;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.server.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /pool/explain}: why tasks wait, and why workers have nothing to do;
 * {@code /workers/<machine>/explain}: why this one gets nothing of what waits.
 */
public final class ExplainRoutes implements HttpOrigin.Routes {
  /** An answer looks at all workers, and anybody may ask: within so long all get the same. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Pool pool;
  private final InstantSource clock;
  private Instant toldAt = Instant.MIN;
  private ObjectNode told = Json.object();

  public ExplainRoutes(Pool pool, InstantSource clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/pool/explain", this::explain);
    routes.get("/workers/{machine}/explain", this::machine);
  }

  private void explain(Context context) {
    Json.answer(context, answer());
  }

  private void machine(Context context) {
    var answer = Json.object().put("ok", true);
    addReasons(answer.putArray("reasons"), pool.explain(Read.addressIn(context, "machine")));
    Json.answer(context, answer);
  }

  private synchronized ObjectNode answer() {
    var now = clock.instant();
    if (toldAt.equals(Instant.MIN) || !now.isBefore(toldAt.plus(FRESH))) {
      told = json(pool.explain());
      toldAt = now;
    }
    return told;
  }

  private static ObjectNode json(PoolExplanation explanation) {
    var answer = Json.object()
        .put("ok", true)
        .put("connected", explanation.connected())
        .put("idle", explanation.idle())
        .put("waiting", explanation.waiting())
        .put("furtherDeals", explanation.furtherDeals());
    var deals = answer.putArray("deals");
    for (var deal : explanation.deals()) {
      var entry = deals
          .addObject()
          .put("deal", deal.deal().hex())
          .put("requester", deal.requester().checksummed())
          .put("waiting", deal.tasks())
          .put("task", deal.first().hex());
      addReasons(entry.putArray("reasons"), deal.reasons());
    }
    addReasons(answer.putArray("workers"), explanation.workers());
    return answer;
  }

  private static void addReasons(ArrayNode array, List<Reason> reasons) {
    for (var reason : reasons) {
      array
          .addObject()
          .put("kind", reason.getClass().getSimpleName())
          .put("sentence", reason.sentence());
    }
  }
}
