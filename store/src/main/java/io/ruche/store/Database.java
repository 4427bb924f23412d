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
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file, owned by one process. When {@link #write} returns, what it wrote survives a
 * crash. One writer at a time; readers do not wait for it. Any thread may call.
 */
public final class Database implements AutoCloseable {
  /** A larger file is not checked page by page at every start. */
  private static final long MAX_CHECKED_BYTES = 256L << 20;

  private static final int BUSY_MILLIS = 5_000;

  private final FileChannel lock;
  private final Path file;
  private final Lane writer;
  private final Lane reader;

  /** Work on the database; throws nothing checked. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Handle handle);
  }

  /** Work without a result. */
  @FunctionalInterface
  public interface Act {
    void run(Handle handle);
  }

  /** A connection and the lock that makes its users wait their turn. */
  private record Lane(Connection connection, Jdbi jdbi, ReentrantLock turn) {}

  private Database(FileChannel lock, Path file, Lane writer, Lane reader) {
    this.lock = lock;
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens or creates the file and brings its tables up to date.
   *
   * @throws RucheException STORE_LOCKED when another process has it, STORE_CORRUPT when it is
   *     damaged, STORE_FULL or STORE_UNUSABLE when the folder cannot be written
   */
  public static Database open(Path file) {
    var lock = lock(file);
    try {
      var source = source(file);
      migrate(source, file);
      var writer = lane(source);
      check(writer, file);
      return new Database(lock, file, writer, lane(source));
    } catch (SQLException | JdbiException e) {
      release(lock);
      throw StoreErrors.of(file, e);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Runs the work in one transaction, and returns once it is on disk. */
  public <T> T write(Work<T> work) {
    return on(writer, handle -> handle.inTransaction(work::run));
  }

  public void change(Act act) {
    on(writer, handle -> {
      handle.useTransaction(act::run);
      return true;
    });
  }

  /** Runs queries on a committed state. */
  public <T> T read(Work<T> work) {
    return on(reader, work);
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() {
    for (var lane : new Lane[] {writer, reader}) {
      lane.turn().lock();
      try {
        lane.connection().close();
      } catch (SQLException e) {
        throw StoreErrors.of(file, e);
      } finally {
        lane.turn().unlock();
      }
    }
    release(lock);
  }

  private <T> T on(Lane lane, Work<T> work) {
    lane.turn().lock();
    try (var handle = lane.jdbi().open()) {
      return work.run(handle);
    } catch (JdbiException e) {
      throw StoreErrors.of(file, e);
    } finally {
      lane.turn().unlock();
    }
  }

  private static Lane lane(SQLiteDataSource source) throws SQLException {
    var connection = source.getConnection();
    return new Lane(connection, Jdbi.create(connection), new ReentrantLock());
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

  private static void migrate(SQLiteDataSource source, Path file) {
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          .placeholders(Map.of("bytes", "BLOB"))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw StoreErrors.of(file, e);
    }
  }

  private static void check(Lane lane, Path file) {
    if (file.toFile().length() > MAX_CHECKED_BYTES) {
      return;
    }
    try (var handle = lane.jdbi().open()) {
      var verdict =
          handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one();
      if (!verdict.equals("ok")) {
        throw StoreErrors.corrupt(file, verdict, null);
      }
    }
  }

  private static FileChannel lock(Path file) {
    var lockFile = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw StoreErrors.unusable(file, e);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      release(channel);
      throw StoreErrors.locked(file, e);
    } catch (IOException e) {
      release(channel);
      throw StoreErrors.unusable(file, e);
    }
    release(channel);
    throw StoreErrors.locked(file, null);
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot release the lock of a store", e);
    }
  }
}
