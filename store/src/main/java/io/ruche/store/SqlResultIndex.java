package io.ruche.store;

import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import java.time.Instant;
import java.util.Optional;

/** Which stored archive answers a task. The bytes are elsewhere, named by {@code cid}. */
public final class SqlResultIndex {
  private final Database database;

  /** A result archive that is stored durably. */
  public record StoredResult(
      TaskId task, String cid, Digest digest, long sizeBytes, Instant storedAt) {}

  public SqlResultIndex(Database database) {
    this.database = database;
  }

  /** Remembers a result; the first one of a task stays. */
  public StoredResult add(StoredResult result) {
    return database.write(handle -> {
      var known = handle
          .createQuery("SELECT * FROM result WHERE task_id = :task")
          .bind("task", result.task().bytes())
          .map((row, context) -> of(result.task(), row))
          .findOne();
      if (known.isPresent()) {
        return known.get();
      }
      handle
          .createUpdate("INSERT INTO result (task_id, cid, digest, size_bytes, stored_at)"
              + " VALUES (:task, :cid, :digest, :size, :at)")
          .bind("task", result.task().bytes())
          .bind("cid", result.cid())
          .bind("digest", result.digest().bytes())
          .bind("size", result.sizeBytes())
          .bind("at", result.storedAt().toEpochMilli())
          .execute();
      return result;
    });
  }

  public Optional<StoredResult> find(TaskId task) {
    return database.read(handle -> handle
        .createQuery("SELECT * FROM result WHERE task_id = :task")
        .bind("task", task.bytes())
        .map((row, context) -> of(task, row))
        .findOne());
  }

  private static StoredResult of(TaskId task, java.sql.ResultSet row) throws java.sql.SQLException {
    return new StoredResult(
        task,
        row.getString("cid"),
        Digest.of(row.getBytes("digest")),
        row.getLong("size_bytes"),
        Instant.ofEpochMilli(row.getLong("stored_at")));
  }
}
