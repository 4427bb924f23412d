package io.ruche.store;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** One SQLite file, which this process alone has while it is open. */
final class SqliteFile implements Engine {
  /** A larger file is not checked page by page at every start. */
  private static final long MAX_CHECKED_BYTES = 256L << 20;

  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final FileChannel lock;
  private final SQLiteDataSource source;

  /** The writer's connection while its commits are not synced; used by the writer's thread only. */
  private @Nullable Connection unsynced;

  private SqliteFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
    this.source = source(file);
  }

  static SqliteFile open(Path file) {
    return new SqliteFile(file, lock(file));
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public DataSource migrationSource() {
    return source;
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "bytes", "BLOB",
        "on_postgres", "--",
        "now_millis", "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)");
  }

  @Override
  public Connection connect() throws SQLException {
    return source.getConnection();
  }

  /** The setting is the connection's, and is changed outside of transactions only. */
  @Override
  public void begin(Handle handle, boolean isSynced) {
    var connection = handle.getConnection();
    if (isSynced == connection.equals(unsynced)) {
      handle.execute("PRAGMA synchronous = " + (isSynced ? "FULL" : "NORMAL"));
      unsynced = isSynced ? null : connection;
    }
    handle.begin();
  }

  @Override
  public void check(Handle handle) {
    if (file.toFile().length() > MAX_CHECKED_BYTES) {
      return;
    }
    var verdict =
        handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one();
    if (!verdict.equals("ok")) {
      throw StoreErrors.corrupt(name(), verdict, null);
    }
  }

  /** A file has no line that could break. */
  @Override
  public boolean isConnectionLoss(Exception failure) {
    return false;
  }

  @Override
  public RucheException error(Exception failure) {
    return StoreErrors.ofSqlite(name(), failure);
  }

  @Override
  public void close() {
    release(lock);
  }

  private static SQLiteDataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static FileChannel lock(Path file) {
    var name = file.toString();
    var lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw StoreErrors.unusable(name, e);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      release(channel);
      throw StoreErrors.locked(name, e);
    } catch (IOException e) {
      release(channel);
      throw StoreErrors.unusable(name, e);
    }
    release(channel);
    throw StoreErrors.locked(name, null);
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot release the lock of a store", e);
    }
  }
}
