package io.ruche.server.data;

import io.ruche.core.Address;
import io.ruche.core.CallbackKind;
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
import io.ruche.transfer.ResultArchive;
import io.ruche.transfer.ResultSummary;
import io.ruche.transfer.StagedBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
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
    try {
      byte[] head = archive.readNBytes(SqlResultIndex.MAX_ARCHIVE_BYTES + 1);
      var looked = look(slot, head);
      if (looked.isPresent()) {
        return keep(slot, looked.get());
      }
      var whole = new SequenceInputStream(new ByteArrayInputStream(head), archive);
      try (var staged = parts.store().stage(whole)) {
        return keep(slot, staged);
      }
    } finally {
      turns.release();
    }
  }

  private Optional<SmallResult> look(Slot slot, byte[] head) {
    try {
      return look(head, slot.callback());
    } catch (RucheException e) {
      inbox.refused(slot, e.code());
      throw e;
    }
  }

  private Cid keep(Slot slot, SmallResult small) {
    requireDigest(slot, small.summary());
    var result = row(slot, small.cid(), small.sizeBytes(), small.summary());
    parts.index().put(result, small.archive());
    inbox.stored(slot, forPool(slot, small.cid(), small.summary()));
    return small.cid();
  }

  private Cid keep(Slot slot, StagedBlob staged) throws IOException {
    var summary = summary(slot, staged);
    requireDigest(slot, summary);
    var cid = staged.cid();
    var result = row(slot, cid, staged.sizeBytes(), summary);
    if (staged.sizeBytes() <= SqlResultIndex.MAX_ARCHIVE_BYTES) {
      parts.index().put(result, Files.readAllBytes(staged.file()));
    } else {
      staged.keep();
      parts.index().put(result);
    }
    inbox.stored(slot, forPool(slot, cid, summary));
    return cid;
  }

  /**
   * Looks into an archive that is small and as {@link ResultArchive} writes it; empty for any
   * other.
   *
   * @param callback what a waiting contract gets, which rules the digest
   * @throws RucheException ARCHIVE_REFUSED or INVALID_OUTPUT
   */
  public Optional<SmallResult> look(byte[] archive, CallbackKind callback) {
    if (archive.length > SqlResultIndex.MAX_ARCHIVE_BYTES) {
      return Optional.empty();
    }
    return FolderDigest.ofArchive(archive, limits(), callback)
        .map(summary -> new SmallResult(archive, summary));
  }

  /**
   * Keeps what was looked into within the next transaction of the database, which is to hold what
   * the pool makes of it. Empty, and nothing is kept, when it is not what the slot is for.
   */
  public Optional<StoredResult> keepWithNext(Slot slot, SmallResult small) {
    if (!small.summary().digest().equals(slot.digest())) {
      return Optional.empty();
    }
    var result = row(slot, small.cid(), small.sizeBytes(), small.summary());
    parts.index().putWithNext(result, small.archive());
    return Optional.of(forPool(slot, small.cid(), small.summary()));
  }

  private SqlResultIndex.StoredResult row(Slot slot, Cid cid, long bytes, ResultSummary summary) {
    return new SqlResultIndex.StoredResult(
        slot.task(),
        cid.toString(),
        slot.digest(),
        bytes,
        now(),
        inbox.usage(slot.task()),
        summary.failure() == null ? inbox.app(slot.task()) : null);
  }

  private static StoredResult forPool(Slot slot, Cid cid, ResultSummary summary) {
    var callback = summary.callbackData().equals("0x") ? "" : summary.callbackData();
    return new StoredResult(cid.toString(), slot.digest(), summary.failure(), callback);
  }

  private ResultSummary summary(Slot slot, StagedBlob staged) {
    try {
      return FolderDigest.ofArchive(staged.file(), limits(), slot.callback());
    } catch (RucheException e) {
      inbox.refused(slot, e.code());
      throw e;
    }
  }

  private void requireDigest(Slot slot, ResultSummary summary) {
    if (!summary.digest().equals(slot.digest())) {
      inbox.refused(slot, "DIGEST_MISMATCH");
      throw new RucheException(
          "DIGEST_MISMATCH",
          "expected a result of task %s with digest %s, found %s."
              .formatted(slot.task(), slot.digest(), summary.digest()),
          "Send the archive of the result that was contributed.",
          false);
    }
  }

  private OutputLimits limits() {
    return new OutputLimits(maxBytes(), MAX_FILES);
  }

  private Instant now() {
    return Instant.ofEpochMilli(parts.clock().millis());
  }
}
