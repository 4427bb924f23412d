package io.ruche.server.data;

import io.ruche.core.Address;
import io.ruche.core.RucheException;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.scheduler.StoredResult;
import io.ruche.server.data.UploadDesk.Slot;
import io.ruche.store.SqlResultIndex;
import io.ruche.transfer.Cid;
import io.ruche.transfer.ContentStore;
import io.ruche.transfer.FolderDigest;
import io.ruche.transfer.OutputLimits;
import io.ruche.transfer.ResultSummary;
import io.ruche.transfer.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Takes the result archives of workers, however they come: kept only when the digest of its content
 * is the one that won. Archives of up to {@link SqlResultIndex#MAX_ARCHIVE_BYTES} are kept in the
 * database with one sync, larger ones as files. Any thread may call.
 */
public final class ResultDesk {
  private static final int MAX_AT_ONCE = 64;
  private static final int MAX_FILES = 10_000;

  private final Parts parts;
  private final Inbox inbox;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE);

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

  /** What the desk works with. */
  public record Parts(
      ContentStore store,
      SqlResultIndex index,
      UploadDesk uploads,
      DataSettings settings,
      InstantSource clock) {}

  public ResultDesk(Parts parts, Inbox inbox) {
    this.parts = parts;
    this.inbox = inbox;
  }

  /** The slot that a token opens for a task; empty for a token that opens none. */
  public Optional<Slot> slot(String token, TaskId task) {
    return parts.uploads().find(token, now()).filter(slot -> slot.task().equals(task));
  }

  public long maxBytes() {
    return parts.settings().maxResultBytes();
  }

  public Optional<SqlResultIndex.StoredResult> find(TaskId task) {
    return parts.index().find(task);
  }

  /**
   * Takes the archive of a slot; when this returns it is stored, and the pool knows.
   *
   * @throws RucheException BUSY; DIGEST_MISMATCH for another result than the one that was
   *     contributed; ARCHIVE_REFUSED, ARCHIVE_TOO_LARGE or INVALID_OUTPUT for one that no worker of
   *     Ruche makes; what a disk may answer
   * @throws IOException when the stream fails; then nothing is kept
   */
  public Cid take(Slot slot, InputStream archive) throws IOException {
    if (!turns.tryAcquire()) {
      throw new RucheException(
          "BUSY", "%d uploads are under way.".formatted(MAX_AT_ONCE), "Try again.", true);
    }
    try (var staged = parts.store().stage(archive)) {
      return keep(slot, staged);
    } finally {
      turns.release();
    }
  }

  private Cid keep(Slot slot, StagedBlob staged) throws IOException {
    var summary = requireDigest(slot, staged);
    var failure = summary.failure();
    var cid = staged.cid();
    var result = new SqlResultIndex.StoredResult(
        slot.task(),
        cid.toString(),
        slot.digest(),
        staged.sizeBytes(),
        now(),
        inbox.usage(slot.task()),
        failure == null ? inbox.app(slot.task()) : null);
    if (staged.sizeBytes() <= SqlResultIndex.MAX_ARCHIVE_BYTES) {
      parts.index().put(result, Files.readAllBytes(staged.file()));
    } else {
      staged.keep();
      parts.index().put(result);
    }
    var callback = summary.callbackData().equals("0x") ? "" : summary.callbackData();
    inbox.stored(slot, new StoredResult(cid.toString(), slot.digest(), failure, callback));
    return cid;
  }

  private ResultSummary requireDigest(Slot slot, StagedBlob staged) {
    ResultSummary summary;
    try {
      var limits = new OutputLimits(maxBytes(), MAX_FILES);
      summary = FolderDigest.ofArchive(staged.file(), limits, slot.callback());
    } catch (RucheException e) {
      inbox.refused(slot, e.code());
      throw e;
    }
    if (!summary.digest().equals(slot.digest())) {
      inbox.refused(slot, "DIGEST_MISMATCH");
      throw new RucheException(
          "DIGEST_MISMATCH",
          "expected a result of task %s with digest %s, found %s."
              .formatted(slot.task(), slot.digest(), summary.digest()),
          "Send the archive of the result that was contributed.",
          false);
    }
    return summary;
  }

  private Instant now() {
    return Instant.ofEpochMilli(parts.clock().millis());
  }
}
