package io.ruche.server.data;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.ruche.core.Address;
import io.ruche.core.Failure;
import io.ruche.core.RucheException;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.scheduler.StoredResult;
import io.ruche.server.data.UploadDesk.Slot;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpProblem;
import io.ruche.server.http.Json;
import io.ruche.server.http.RateLimit;
import io.ruche.server.http.Read;
import io.ruche.store.SqlResultIndex;
import io.ruche.transfer.ContentStore;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultSummary;
import io.ruche.transfer.StagedBlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /results/<task>}: a worker's upload, kept only when the digest of its content is the
 * one that won. {@code GET /results/<task>}: where a task's result is.
 */
public final class ResultRoutes implements HttpOrigin.Routes {
  private static final int MAX_AT_ONCE = 64;
  private static final int MAX_FILES = 10_000;
  private static final int MAX_WRONG_TOKENS_PER_MINUTE = 120;

  private final Parts parts;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE);
  private final RateLimit strangers = new RateLimit(MAX_WRONG_TOKENS_PER_MINUTE);

  /** Hears of uploads, and knows whose they are; may block. */
  public interface Inbox {
    /** What the workers of a task agree that its run used; null when they do not. */
    @Nullable
    RunUsage usage(TaskId task);

    /** Of which app a task is a run; null when its deal is forgotten. */
    @Nullable
    Address app(TaskId task);

    void stored(Slot slot, StoredResult result);

    void refused(Slot slot, String detail);
  }

  /** What the routes work with. */
  public record Parts(
      ContentStore store,
      SqlResultIndex index,
      UploadDesk desk,
      Inbox inbox,
      DataSettings settings,
      InstantSource clock) {}

  public ResultRoutes(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.put("/results/{task}", this::upload);
    routes.get("/results/{task}", this::show);
  }

  private void show(Context context) {
    var task = Read.task(context, "task");
    var result = parts
        .index()
        .find(task)
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
    if (announced > parts.settings().maxResultBytes()) {
      throw HttpProblem.tooLarge("BLOB_TOO_LARGE", parts.settings().maxResultBytes());
    }
    if (!turns.tryAcquire()) {
      throw new HttpProblem(
          503, "BUSY", "%d uploads are under way.".formatted(MAX_AT_ONCE), "Try again.");
    }
    try (var staged = parts.store().stage(context.bodyInputStream())) {
      keep(context, slot, staged);
    } finally {
      turns.release();
    }
  }

  private Slot slot(Context context, TaskId task) {
    var slot = parts.desk().find(bearer(context), now());
    if (slot.isPresent() && slot.get().task().equals(task)) {
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

  private void keep(Context context, Slot slot, StagedBlob staged) {
    var summary = requireDigest(slot, staged);
    var failure = failureIn(staged.file());
    var cid = staged.keep();
    parts
        .index()
        .put(new SqlResultIndex.StoredResult(
            slot.task(),
            cid.toString(),
            slot.digest(),
            staged.sizeBytes(),
            now(),
            parts.inbox().usage(slot.task()),
            failure == null ? parts.inbox().app(slot.task()) : null));
    var callback = summary.callbackData().equals("0x") ? "" : summary.callbackData();
    parts.inbox().stored(slot, new StoredResult(cid.toString(), slot.digest(), failure, callback));
    Json.answer(
        context,
        201,
        Json.object().put("ok", true).put("cid", cid.toString()).put("path", cid.path()));
  }

  private ResultSummary requireDigest(Slot slot, StagedBlob staged) {
    ResultSummary summary;
    try {
      var limits = new OutputLimits(parts.settings().maxResultBytes(), MAX_FILES);
      summary = FolderDigest.ofArchive(staged.file(), limits, slot.callback());
    } catch (RucheException e) {
      parts.inbox().refused(slot, e.code());
      throw e;
    }
    if (!summary.digest().equals(slot.digest())) {
      parts.inbox().refused(slot, "DIGEST_MISMATCH");
      throw new HttpProblem(
          422,
          "DIGEST_MISMATCH",
          "expected a result of task %s with digest %s, found %s."
              .formatted(slot.task(), slot.digest(), summary.digest()),
          "Send the archive of the result that was contributed.");
    }
    return summary;
  }

  /** The certified failure that an archive holds, or null for a real result. */
  private static @Nullable Failure failureIn(Path zip) {
    try (var file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
      var entry = file.getEntry(Failure.FILE_NAME);
      if (entry == null) {
        return null;
      }
      return Failure.parse(file.getInputStream(entry).readNBytes(Failure.MAX_BYTES + 1))
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException("a verified archive cannot be read back", e);
    }
  }

  private static String bearer(Context context) {
    var header = context.header("Authorization");
    if (header == null || !header.startsWith("Bearer ")) {
      throw HttpProblem.unauthorized(
          "UPLOAD_NOT_ALLOWED", "expected the upload's bearer token.", "");
    }
    return header.substring("Bearer ".length());
  }

  private Instant now() {
    return Instant.ofEpochMilli(parts.clock().millis());
  }
}
