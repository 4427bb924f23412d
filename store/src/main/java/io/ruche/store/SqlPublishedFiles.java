package io.ruche.store;

import io.ruche.core.Address;
import java.time.Instant;

/** Files that owners published here, so that each stays within its share of the disk. */
public final class SqlPublishedFiles {
  private final Database database;

  public SqlPublishedFiles(Database database) {
    this.database = database;
  }

  public long bytesOf(Address owner) {
    return database.read(handle -> handle
        .createQuery("SELECT COALESCE(SUM(size_bytes), 0) FROM published_file WHERE owner = :owner")
        .bind("owner", owner.bytes())
        .mapTo(Long.class)
        .one());
  }

  /** All files of all owners. */
  public long bytes() {
    return database.read(handle -> handle
        .createQuery("SELECT COALESCE(SUM(size_bytes), 0) FROM published_file")
        .mapTo(Long.class)
        .one());
  }

  /** Counts a file towards its owner's share; twice the same file counts once. */
  public void add(Address owner, String cid, long sizeBytes, Instant now) {
    database.change(handle -> {
      int removed = handle
          .createUpdate("DELETE FROM published_file WHERE owner = :owner AND cid = :cid")
          .bind("owner", owner.bytes())
          .bind("cid", cid)
          .execute();
      assert removed <= 1;
      handle
          .createUpdate("INSERT INTO published_file (owner, cid, size_bytes, stored_at)"
              + " VALUES (:owner, :cid, :size, :at)")
          .bind("owner", owner.bytes())
          .bind("cid", cid)
          .bind("size", sizeBytes)
          .bind("at", now.toEpochMilli())
          .execute();
    });
  }
}
