package io.ruche.store;

import io.ruche.core.RucheException;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A pool's facts, one row each; an append is one transaction and so at most one sync. Called from
 * the engine's thread only.
 */
public final class SqlJournal implements Journal {
  private final Database database;
  private final String stream;
  private final FactJson json = new FactJson();
  private long nextSeq;

  /**
   * Opens the journal.
   *
   * @param stream which pool's facts, such as its workerpool address
   */
  public SqlJournal(Database database, String stream) {
    this.database = database;
    this.stream = stream;
    this.nextSeq = database
            .read(handle -> handle
                .createQuery("SELECT MAX(seq) FROM journal_fact WHERE stream = :stream")
                .bind("stream", stream)
                .map((row, context) -> Optional.of(row.getLong(1)))
                .one())
            .orElse(0L)
        + 1;
  }

  @Override
  public void append(List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    if (facts.stream().anyMatch(Fact::bindsPool)) {
      database.change(handle -> insert(handle, facts, nextSeq));
    } else {
      database.note(handle -> insert(handle, facts, nextSeq));
    }
    nextSeq += facts.size();
  }

  @Override
  public List<Fact> replay() {
    return database.read(handle -> handle
        .createQuery("SELECT seq, body FROM journal_fact WHERE stream = :stream ORDER BY seq")
        .bind("stream", stream)
        .map((row, context) -> read(row.getLong("seq"), row.getBytes("body")))
        .list());
  }

  @Override
  public void compact(List<Fact> snapshot) {
    database.change(handle -> {
      handle
          .createUpdate("DELETE FROM journal_fact WHERE stream = :stream")
          .bind("stream", stream)
          .execute();
      insert(handle, snapshot, nextSeq);
    });
    nextSeq += snapshot.size();
  }

  private void insert(Handle handle, List<Fact> facts, long firstSeq) {
    if (facts.isEmpty()) {
      return;
    }
    var batch = handle.prepareBatch(
        "INSERT INTO journal_fact (stream, seq, body) VALUES (:stream, :seq, :body)");
    long seq = firstSeq;
    for (var fact : facts) {
      batch
          .bind("stream", stream)
          .bind("seq", seq++)
          .bind("body", json.encode(fact))
          .add();
    }
    batch.execute();
  }

  private Fact read(long seq, byte[] body) {
    try {
      return json.decode(body);
    } catch (IllegalArgumentException e) {
      throw new RucheException(
          "STORE_CORRUPT",
          "fact %d of journal %s in %s cannot be read: %s."
              .formatted(seq, stream, database.name(), e.getMessage()),
          "Use the version of Ruche that wrote it, or restore a backup.",
          false,
          e);
    }
  }
}
