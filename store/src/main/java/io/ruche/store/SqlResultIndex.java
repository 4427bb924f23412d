package io.ruche.store;

import io.ruche.core.Digest;
import io.ruche.core.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** Remembers the result of a task, in place of an earlier one. */
  public void put(StoredResult result) {
    database.change(handle -> {
      handle
          .createUpdate("DELETE FROM result WHERE task_id = :task")
          .bind("task", result.task().bytes())
          .execute();
      handle
          .createUpdate("INSERT INTO result (task_id, cid, digest, size_bytes, stored_at)"
              + " VALUES (:task, :cid, :digest, :size, :at)")
          .bind("task", result.task().bytes())
          .bind("cid", result.cid())
          .bind("digest", result.digest().bytes())
          .bind("size", result.sizeBytes())
          .bind("at", result.storedAt().toEpochMilli())
          .execute();
    });
  }

  public Optional<StoredResult> find(TaskId task) {
    return database.read(handle -> handle
        .createQuery("SELECT * FROM result WHERE task_id = :task")
        .bind("task", task.bytes())
        .map((row, context) -> of(task, row))
        .findOne());
  }

  private static StoredResult of(TaskId task, ResultSet row) throws SQLException {
    return new StoredResult(
        task,
        row.getString("cid"),
        Digest.of(row.getBytes("digest")),
        row.getLong("size_bytes"),
        Instant.ofEpochMilli(row.getLong("stored_at")));
  }
}
