package io.ruche.store;

import io.ruche.core.RucheException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** All that differs from one database to another. */
interface Engine extends AutoCloseable {
  /** The place of the data, for messages; tells no secret. */
  String name();

  /** Whether other processes may have the data open at the same time. */
  boolean isShared();

  /** Connections for the migrations. */
  DataSource migrationSource();

  /** What stands for the placeholders of the migrations; the one place for another dialect. */
  Map<String, String> placeholders();

  /** A fresh connection under the engine's own settings: a commit on it survives a power cut. */
  Connection connect() throws SQLException;

  /**
   * Begins a transaction of the one writer.
   *
   * @param isSynced whether its commit must survive a power cut by itself
   */
  void begin(Handle handle, boolean isSynced);

  /** Looks the data over once, at the start. */
  void check(Handle handle);

  /** Whether the failure is that of a connection, which says nothing about the data. */
  boolean isConnectionLoss(Exception failure);

  RucheException error(Exception failure);

  /** Lets other processes have the data. */
  @Override
  void close();
}
