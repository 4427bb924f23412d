package io.ruche.server.chain;

import io.ruche.chain.tx.OutboxStore;
import io.ruche.store.Database;
import io.ruche.store.SqlOutbox;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqlOutboxStoreTest extends OutboxKit {
  @TempDir
  Path folder;

  private Database database;

  @BeforeEach
  void open() {
    database = opened();
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  /** The same database each time. */
  Database opened() {
    return Database.open(folder.resolve("ruche.db"));
  }

  @Override
  OutboxStore outbox() {
    return new SqlOutboxStore(new SqlOutbox(database, InstantSource.system()));
  }

  @Override
  OutboxStore afterRestart() {
    database.close();
    open();
    return outbox();
  }
}
