package io.ruche.store;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which archive answers a task. Its bytes are here when they are few, otherwise elsewhere; either
 * way {@code cid} names them.
 */
public final class SqlResultIndex {
  /** Larger archives are kept as files. */
  public static final int MAX_ARCHIVE_BYTES = 24 * 1024;

  private final Database database;

  /**
   * A result archive that is stored durably.
   *
   * @param usage what the workers agree that the run used; null where they do not, or did not say
   * @param app of which this is a run; null for one that failed, and in tables of old
   */
  public record StoredResult(
      TaskId task,
      String cid,
      Digest digest,
      long sizeBytes,
      Instant storedAt,
      @Nullable RunUsage usage,
      @Nullable Address app) {}

  public SqlResultIndex(Database database) {
    this.database = database;
  }

  /** Remembers the result of a task, in place of an earlier one; its archive is a file. */
  public void put(StoredResult result) {
    put(result, null);
  }

  /**
   * Remembers the result of a task, in place of an earlier one. Not synced by itself: the pool's
   * journal notes it next, which is. Until then, and long after, its worker keeps it too and is
   * asked again.
   *
   * @param archive its bytes, at most {@link #MAX_ARCHIVE_BYTES}; null when they are in a file
   */
  public void put(StoredResult result, byte @Nullable [] archive) {
    requireSmall(archive);
    database.note(handle -> insert(handle, result, archive));
  }

  /**
   * As {@link #put}, within the next transaction, for a pool whose journal notes the result right
   * after; nobody finds it before that.
   */
  public void putWithNext(StoredResult result, byte[] archive) {
    requireSmall(archive);
    database.noteWithNext(handle -> insert(handle, result, archive));
  }

  private static void requireSmall(byte @Nullable [] archive) {
    if (archive != null && archive.length > MAX_ARCHIVE_BYTES) {
      throw new IllegalArgumentException("expected an archive of at most %d bytes, found %d"
          .formatted(MAX_ARCHIVE_BYTES, archive.length));
    }
  }

  private static void insert(Handle handle, StoredResult result, byte @Nullable [] archive) {
    var usage = result.usage();
    var app = result.app();
    handle
        .createUpdate("DELETE FROM result WHERE task_id = :task")
        .bind("task", result.task().bytes())
        .execute();
    handle
        .createUpdate("INSERT INTO result"
            + " (task_id, cid, digest, size_bytes, stored_at, fuel, run_millis, app, archive)"
            + " VALUES (:task, :cid, :digest, :size, :at, :fuel, :millis, :app, :archive)")
        .bind("task", result.task().bytes())
        .bind("cid", result.cid())
        .bind("digest", result.digest().bytes())
        .bind("size", result.sizeBytes())
        .bind("at", result.storedAt().toEpochMilli())
        .bind("fuel", usage == null ? null : usage.fuel())
        .bind("millis", usage == null ? null : usage.runMillis())
        .bind("app", app == null ? null : app.bytes())
        .bind("archive", archive)
        .execute();
  }

  public Optional<StoredResult> find(TaskId task) {
    return database.read(handle -> handle
        .createQuery("SELECT cid, digest, size_bytes, stored_at, fuel, run_millis, app"
            + " FROM result WHERE task_id = :task")
        .bind("task", task.bytes())
        .map((row, context) -> of(task, row))
        .findOne());
  }

  /** The bytes of an archive that is kept here. */
  public Optional<byte[]> archive(String cid) {
    return database.read(handle -> handle
        .createQuery("SELECT archive FROM result WHERE cid = :cid AND archive IS NOT NULL LIMIT 1")
        .bind("cid", cid)
        .mapTo(byte[].class)
        .findOne());
  }

  /**
   * What the latest good runs of an app used, newest first; those that did not say are left out.
   */
  public List<RunUsage> usageOf(Address app, int most) {
    return database.read(handle -> handle
        .createQuery("SELECT fuel, run_millis FROM result"
            + " WHERE app = :app AND run_millis IS NOT NULL ORDER BY stored_at DESC LIMIT :most")
        .bind("app", app.bytes())
        .bind("most", most)
        .map((row, context) -> Objects.requireNonNull(usage(row)))
        .list());
  }

  private static StoredResult of(TaskId task, ResultSet row) throws SQLException {
    return new StoredResult(
        task,
        row.getString("cid"),
        Digest.of(row.getBytes("digest")),
        row.getLong("size_bytes"),
        Instant.ofEpochMilli(row.getLong("stored_at")),
        usage(row),
        Optional.ofNullable(row.getBytes("app")).map(Address::of).orElse(null));
  }

  private static @Nullable RunUsage usage(ResultSet row) throws SQLException {
    long runMillis = row.getLong("run_millis");
    if (row.wasNull()) {
      return null;
    }
    long fuel = row.getLong("fuel");
    return new RunUsage(row.wasNull() ? null : fuel, runMillis);
  }
}
