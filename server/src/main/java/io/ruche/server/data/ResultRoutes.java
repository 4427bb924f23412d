package io.ruche.server.data;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.TaskId;
import io.ruche.server.data.UploadDesk.Slot;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.RateLimit;
import io.ruche.server.http.Read;
import java.io.IOException;

/**
 * {@code PUT /results/<task>}: a worker's upload to the {@link ResultDesk}. {@code GET
 * /results/<task>}: where a task's result is.
 */
public final class ResultRoutes implements HttpOrigin.Routes {
  private static final int MAX_WRONG_TOKENS_PER_MINUTE = 120;

  private final ResultDesk desk;
  private final RateLimit strangers = new RateLimit(MAX_WRONG_TOKENS_PER_MINUTE);

  public ResultRoutes(ResultDesk desk) {
    this.desk = desk;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.put("/results/{task}", this::upload);
    routes.get("/results/{task}", this::show);
  }

  private void show(Context context) {
    var task = Read.task(context, "task");
    var result = desk.find(task)
        .orElseThrow(() -> HttpProblem.notFound(
            "RESULT_UNKNOWN", "no result of task %s is stored here.".formatted(task)));
    Json.answer(
        context,
        Json.object()
            .put("ok", true)
            .put("task", task.hex())
            .put("cid", result.cid())
            .put("path", "/ipfs/" + result.cid())
            .put("digest", result.digest().hex())
            .put("sizeBytes", result.sizeBytes()));
  }

  private void upload(Context context) throws IOException {
    var task = Read.task(context, "task");
    var slot = slot(context, task);
    long announced = context.req().getContentLengthLong();
    if (announced > desk.maxBytes()) {
      throw HttpProblem.tooLarge("BLOB_TOO_LARGE", desk.maxBytes());
    }
    var cid = desk.take(slot, context.bodyInputStream());
    Json.answer(
        context,
        201,
        Json.object().put("ok", true).put("cid", cid.toString()).put("path", cid.path()));
  }

  private Slot slot(Context context, TaskId task) {
    var slot = desk.slot(bearer(context), task);
    if (slot.isPresent()) {
      return slot.get();
    }
    if (!strangers.tryTake(RateLimit.callerOf(context.ip()))) {
      throw HttpProblem.tooMany("too many uploads without a valid token.", "Wait a minute.");
    }
    throw HttpProblem.unauthorized(
        "UPLOAD_NOT_ALLOWED",
        "this token does not open an upload for task %s.".formatted(task),
        "Wait until the pool asks for the upload, and use its latest token.");
  }

  private static String bearer(Context context) {
    var header = context.header("Authorization");
    if (header == null || !header.startsWith("Bearer ")) {
      throw HttpProblem.unauthorized(
          "UPLOAD_NOT_ALLOWED", "expected the upload's bearer token.", "");
    }
    return header.substring("Bearer ".length());
  }
}
