package io.ruche.server.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.scheduler.SchedulerStatus.WorkerView;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.server.market.OnOffer;
import io.ruche.server.pool.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /pool/status}, {@code /pool/workers} and {@code /pool/tasks}: the pool as its engine sees
 * it. Strangers may ask too, so the engine is asked once in a while, however many do.
 */
public final class PoolRoutes implements HttpOrigin.Routes {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int MAX_LISTED = 1_000;
  private static final int DEFAULT_LISTED = 100;

  private final Pool pool;
  private final Supplier<OnOffer> onOffer;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private @Nullable PoolPicture last;

  /**
   * Of one pool.
   *
   * @param onOffer what it has on offer now
   */
  public PoolRoutes(Pool pool, Supplier<OnOffer> onOffer, InstantSource clock) {
    this.pool = pool;
    this.onOffer = onOffer;
    this.clock = clock;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/pool/status", this::status);
    routes.get("/pool/workers", this::workers);
    routes.get("/pool/tasks", this::tasks);
  }

  private void status(Context context) {
    var picture = picture();
    var status = picture.status();
    var offering = onOffer.get();
    var connected = status.workers().stream().filter(WorkerView::isConnected).toList();
    var answer = answer(picture)
        .put("workerpool", pool.linkSettings().workerpool().checksummed())
        .put("workers", status.connectedWorkers())
        .put("owners", status.connectedOwners())
        .put("slots", connected.stream().mapToInt(one -> one.offer().slots()).sum())
        .put("freeSlots", connected.stream().mapToInt(WorkerView::freeSlots).sum())
        .put("servableTrust", status.servableTrust())
        .put("openDeals", status.openDeals())
        .put("openTasks", status.openTasks())
        .put("openOrders", offering.orders())
        .put("wantingRun", status.wanting())
        .put("waitingEvents", pool.waitingEvents());
    if (status.drainedSince() != null) {
      answer.put("drainedSince", status.drainedSince().toString());
    }
    var offers = answer.putArray("offers");
    offering.lines().forEach(line -> offers.add(describe(line)));
    var stages = answer.putObject("tasks");
    new TreeMap<>(status.tasksByStage()).forEach(stages::put);
    Json.answer(context, answer);
  }

  private static ObjectNode describe(OnOffer.Line line) {
    var json = Json.object().put("category", line.category()).put("tasks", line.tasks());
    if (line.asked() != null) {
      json.put("price", line.asked().price().toString())
          .put("why", line.asked().why().name())
          .put("since", line.asked().since().toString());
    }
    if (line.limit() != null) {
      json.put("limit", line.limit().name());
    }
    return json;
  }

  private void workers(Context context) {
    var picture = picture();
    var answer = answer(picture);
    var array = answer.putArray("workers");
    picture.status().workers().stream()
        .sorted(Comparator.comparing(WorkerView::machine))
        .limit(MAX_LISTED)
        .forEach(worker -> array.add(describe(worker)));
    answer.put("further", Math.max(0, picture.status().workers().size() - MAX_LISTED));
    Json.answer(context, answer);
  }

  private static ObjectNode describe(WorkerView worker) {
    var json = Json.object()
        .put("machine", worker.machine().checksummed())
        .put("worker", worker.worker().checksummed())
        .put("owner", worker.owner().checksummed())
        .put("state", state(worker))
        .put("slots", worker.offer().slots())
        .put("freeSlots", worker.freeSlots())
        .put("running", worker.running())
        .put("waiting", worker.waiting())
        .put("score", worker.score())
        .put("freeStake", worker.freeStake().toString())
        .put("memoryMiB", worker.offer().memoryMiB())
        .put("diskMiB", worker.offer().diskMiB())
        .put("lastHeard", worker.lastHeardAt().toString())
        .put("power", worker.power().source().name().toLowerCase(Locale.ROOT));
    if (worker.power().slotWatts() > 0) {
      json.put("slotWatts", worker.power().slotWatts());
    }
    var rating = worker.rating();
    json.put("believedFuelPerSecond", rating.believedFuelPerSecond())
        .put("claimedFuelPerSecond", worker.offer().claimedFuelPerSecond())
        .put("confirmedRuns", rating.confirmedRuns())
        .put("claimRefuted", rating.isClaimRefuted())
        .put("slotQuota", rating.slotLimit());
    if (rating.ban() != null) {
      json.put("ban", rating.ban());
    }
    worker.offer().runtimes().forEach(json.putArray("runtimes")::add);
    return json;
  }

  private static String state(WorkerView worker) {
    if (worker.rating().ban() != null) {
      return "banned";
    }
    if (worker.isDistrusted()) {
      return "distrusted";
    }
    if (!worker.isConnected()) {
      return "gone";
    }
    return worker.running() > 0 ? "busy" : "idle";
  }

  private void tasks(Context context) {
    var limit = Read.number(context, "limit", MAX_LISTED);
    var stage = context.queryParam("stage");
    var picture = picture();
    var wanted = picture.tasks().stream()
        .filter(task -> stage == null || task.stage().equals(stage))
        .toList();
    long listed = limit == null ? DEFAULT_LISTED : limit;
    var answer = answer(picture);
    var array = answer.putArray("tasks");
    wanted.stream()
        .limit(listed)
        .forEach(task -> array
            .addObject()
            .put("task", task.task().hex())
            .put("deal", task.deal().hex())
            .put("index", task.index())
            .put("stage", task.stage())
            .put("attempts", task.tries())
            .put("running", task.runs())
            .put("contributionDeadline", task.contributeBy().toString()));
    answer.put("further", Math.max(0, wanted.size() - listed));
    Json.answer(context, answer);
  }

  private static ObjectNode answer(PoolPicture picture) {
    return Json.object().put("ok", true).put("at", picture.at().toString());
  }

  private PoolPicture picture() {
    looking.lock();
    try {
      var known = last;
      var now = clock.instant();
      if (known == null || known.at().plus(KEPT).isBefore(now)) {
        known = pool.inspect(PATIENCE, engine -> PoolPicture.of(engine, now))
            .orElseThrow(PoolRoutes::busy);
        last = known;
      }
      return known;
    } finally {
      looking.unlock();
    }
  }

  private static HttpProblem busy() {
    return new HttpProblem(
        503, "POOL_BUSY", "the pool did not answer within %s.".formatted(PATIENCE), "Try again.");
  }
}
