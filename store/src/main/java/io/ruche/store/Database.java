package io.ruche.store;

import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * What a process keeps, in SQL: one SQLite file that it alone has, or a database on a PostgreSQL
 * server. When {@link #write} returns, what it wrote survives a crash. One writer at a time in this
 * process; readers do not wait for it. Any thread may call.
 *
 * <p>When the connection to a server breaks, reads are repeated a few times, and so is a write
 * while its transaction has not begun. A write that may have been committed is never repeated: it
 * fails with STORE_FATE_UNKNOWN, and the process must end and read what is there.
 */
public final class Database implements AutoCloseable {
  private final Engine engine;
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

  private Database(Engine engine) {
    this.engine = engine;
    this.writer = new Lane(engine, "store-write");
    this.reader = new Lane(engine, "store-read");
  }

  /**
   * Opens or creates a SQLite file and brings its tables up to date.
   *
   * @throws RucheException STORE_LOCKED when another process has it, STORE_CORRUPT when it is
   *     damaged, STORE_FULL or STORE_UNUSABLE when the folder cannot be written
   */
  public static Database open(Path file) {
    return open(SqliteFile.open(file));
  }

  /**
   * Connects to a database on a PostgreSQL server and brings its tables up to date. Others may have
   * it open too.
   *
   * @throws RucheException STORE_UNREACHABLE when nobody answers, STORE_UNUSABLE when the server
   *     refuses, STORE_UNSAFE when it may lose what was committed
   */
  public static Database open(PostgresUrl url) {
    return open(new PostgresServer(url));
  }

  private static Database open(Engine engine) {
    try {
      migrate(engine);
      try (var connection = engine.connect()) {
        engine.check(connection);
      }
      return new Database(engine);
    } catch (SQLException e) {
      engine.close();
      throw engine.error(e);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** Runs the work in one transaction, and returns once it is on disk. */
  public <T> T write(Work<T> work) {
    return writer.run((handle, pointOfNoReturn) -> {
      handle.begin();
      try {
        handle.execute("SELECT 1");
        pointOfNoReturn.run();
        var result = work.run(handle);
        handle.commit();
        return result;
      } catch (RuntimeException | Error e) {
        rollBack(handle, e);
        throw e;
      }
    });
  }

  public void change(Act act) {
    write(handle -> {
      act.run(handle);
      return true;
    });
  }

  /** Runs queries on a committed state; they may run more than once. */
  public <T> T read(Work<T> work) {
    return reader.run((handle, pointOfNoReturn) -> work.run(handle));
  }

  /** Where the data is, for messages. */
  public String name() {
    return engine.name();
  }

  @Override
  public void close() {
    try {
      writer.close();
      reader.close();
    } finally {
      engine.close();
    }
  }

  private static void rollBack(Handle handle, Throwable cause) {
    try {
      handle.rollback();
    } catch (JdbiException e) {
      cause.addSuppressed(e);
    }
  }

  private static void migrate(Engine engine) {
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(engine.migrationSource())
          .locations("classpath:db/migration")
          .placeholders(engine.placeholders())
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw engine.error(e);
    }
  }
}
