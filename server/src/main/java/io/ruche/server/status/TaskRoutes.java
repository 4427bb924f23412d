package io.ruche.server.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.DealId;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.Read;
import io.ruche.server.pool.DealReader;
import io.ruche.server.pool.Pool;
import io.ruche.server.pool.TaskBoard.DealView;
import io.ruche.server.pool.TaskView;
import io.ruche.store.SqlResultIndex;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /deals}, {@code /deals/<id>} and {@code /tasks/<id>}: cheap enough to be polled. */
public final class TaskRoutes implements HttpOrigin.Routes {
  private static final int MAX_LISTED = 1_000;
  private static final int DEFAULT_LISTED = 200;
  private static final int MAX_DEALS_LISTED = 100;

  private final Pool pool;
  private final DealReader deals;
  private final SqlResultIndex results;

  public TaskRoutes(Pool pool, SqlResultIndex results) {
    this.pool = pool;
    this.deals = pool.dealReader();
    this.results = results;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/deals", this::list);
    routes.get("/deals/{deal}", this::deal);
    routes.get("/tasks/{task}", this::task);
  }

  private void list(Context context) {
    var answer = Json.object().put("ok", true);
    var array = answer.putArray("deals");
    var all = pool.board().deals();
    all.subList(Math.max(0, all.size() - MAX_DEALS_LISTED), all.size())
        .forEach(view -> array.add(summary(view)));
    Json.answer(context, answer);
  }

  private void deal(Context context) {
    var id = Read.deal(context, "deal");
    var view = requireDeal(id);
    long from = orElse(Read.number(context, "from", Integer.MAX_VALUE), 0);
    long limit = orElse(Read.number(context, "limit", MAX_LISTED), DEFAULT_LISTED);
    var tasks = deals.tasks(view);
    var answer = summary(view).put("ok", true);
    var counts = new EnumMap<TaskStatus, Integer>(TaskStatus.class);
    tasks.forEach(task -> counts.merge(task.status(), 1, Integer::sum));
    var json = answer.putObject("counts");
    counts.forEach((status, count) -> json.put(status.name(), count));
    var array = answer.putArray("tasks");
    tasks.stream().skip(from).limit(limit).forEach(task -> array.add(describe(task, view)));
    Json.answer(context, answer);
  }

  private void task(Context context) {
    var id = Read.task(context, "task");
    var task = deals.task(id).orElseThrow(() -> unknown(id));
    var dealId = task.deal();
    var view = dealId == null ? null : deals.find(dealId).orElse(null);
    var answer = describe(task, view).put("ok", true);
    var explanation = pool.explain(id);
    answer.put("stage", explanation.stage());
    var reasons = answer.putArray("reasons");
    explanation.reasons().forEach(reason -> reasons.add(reason.sentence()));
    Json.answer(context, answer);
  }

  private DealView requireDeal(DealId id) {
    return deals
        .find(id)
        .orElseThrow(() ->
            HttpProblem.notFound("DEAL_UNKNOWN", "deal %s is not one of this pool.".formatted(id)));
  }

  private static HttpProblem unknown(TaskId id) {
    return HttpProblem.notFound("TASK_UNKNOWN", "task %s is not one of this pool.".formatted(id));
  }

  private static ObjectNode summary(DealView view) {
    var deal = view.deal();
    return Json.object()
        .put("deal", deal.id().hex())
        .put("app", deal.app().address().checksummed())
        .put("dataset", deal.dataset().address().checksummed())
        .put("workerpool", deal.workerpool().address().checksummed())
        .put("requester", deal.requester().checksummed())
        .put("category", deal.categoryId())
        .put("trust", deal.trust())
        .put("firstIndex", deal.botFirst())
        .put("size", deal.botSize())
        .put("startTime", deal.startTime().toString())
        .put("contributionDeadline", view.contributionDeadline().toString())
        .put("finalDeadline", view.finalDeadline().toString());
  }

  private ObjectNode describe(TaskView task, @Nullable DealView view) {
    var json = Json.object()
        .put("task", task.id().hex())
        .put("index", task.index())
        .put("status", task.status().name())
        .put("changedAt", task.changedAt().toString());
    var deal = task.deal();
    if (deal != null) {
      json.put("deal", deal.hex());
    }
    if (view != null) {
      json.put("contributionDeadline", view.contributionDeadline().toString());
      json.put("finalDeadline", view.finalDeadline().toString());
    }
    var reveal = task.revealDeadline();
    if (reveal != null) {
      json.put("revealDeadline", reveal.toString());
    }
    var consensus = task.consensus();
    if (consensus != null) {
      json.put("consensus", consensus.hex());
    }
    addResult(json, task);
    addAttempts(json, task.attempts());
    return json;
  }

  /** From memory; of a completed task that memory has forgotten, from the store. */
  private void addResult(ObjectNode json, TaskView task) {
    var cid = task.resultCid();
    var usage = task.agreedUsage();
    if (cid.isEmpty() && task.status() == TaskStatus.COMPLETED) {
      var stored = results.find(task.id());
      cid = stored.map(SqlResultIndex.StoredResult::cid).orElse("");
      usage = stored.map(SqlResultIndex.StoredResult::usage).orElse(usage);
    }
    if (!cid.isEmpty()) {
      json.put("cid", cid).put("result", "/ipfs/" + cid);
    }
    addUsage(json, usage);
  }

  private static void addUsage(ObjectNode json, @Nullable RunUsage usage) {
    if (usage != null) {
      json.put("runMillis", usage.runMillis());
      if (usage.fuel() != null) {
        json.put("fuel", usage.fuel());
      }
    }
  }

  private static void addAttempts(ObjectNode json, List<TaskView.Attempt> attempts) {
    var array = json.putArray("attempts");
    for (var attempt : attempts) {
      var entry = array
          .addObject()
          .put("number", attempt.number())
          .put("worker", attempt.worker().checksummed())
          .put("phase", attempt.phase())
          .put("since", attempt.since().toString())
          .put("changedAt", attempt.changedAt().toString());
      if (!attempt.detail().isEmpty()) {
        entry.put("detail", attempt.detail());
      }
      if (!attempt.end().isEmpty()) {
        entry.put("end", attempt.end());
      }
      addUsage(entry, attempt.usage());
    }
  }

  private static long orElse(@Nullable Long value, long other) {
    return value == null ? other : value;
  }
}
