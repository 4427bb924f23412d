package io.ruche.store;

import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What a process keeps, in SQL: one SQLite file that it alone has, or a database on a PostgreSQL
 * server. When {@link #write} returns, what it wrote survives a power cut. One writer at a time in
 * this process; readers do not wait for it. Any thread may call.
 *
 * <p>Only the master writes, see {@link #becomeMaster}: a write after another process has taken
 * over fails with MASTER_LOST and leaves nothing.
 *
 * <p>When the connection to a server breaks, reads are repeated a few times, and so is a write
 * while its transaction has not begun. A write that may have been committed is never repeated: it
 * fails with STORE_FATE_UNKNOWN, and the process must end and read what is there.
 */
public final class Database implements AutoCloseable {
  /** Silence of a master after which another process may take over. */
  public static final Duration LEASE = Duration.ofSeconds(4);

  /** Acts that may wait for the transaction of another. */
  static final int MAX_WAITING = 64;

  /** After these this process can never write again. */
  private static final Set<String> FATAL = Set.of("MASTER_LOST", "STORE_FATE_UNKNOWN");

  private final Engine engine;
  private final Lane writer;
  private final Lane reader;
  private final BlockingQueue<Act> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile Consumer<RucheException> onFatal = failure -> {};
  private volatile @Nullable Mastership master;
  private volatile @Nullable RucheException end;

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
   * Opens or creates a SQLite file and brings its tables up to date. No other process can have it,
   * so this one is its master.
   *
   * @throws RucheException STORE_LOCKED when another process has it, STORE_CORRUPT when it is
   *     damaged, STORE_FULL or STORE_UNUSABLE when the folder cannot be written
   */
  public static Database open(Path file) {
    var database = open(SqliteFile.open(file));
    try {
      database.becomeMaster("process " + ProcessHandle.current().pid());
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Connects to a database on a PostgreSQL server and brings its tables up to date. Others may have
   * it open too: nothing is written before {@link #becomeMaster}.
   *
   * @throws RucheException STORE_UNREACHABLE when nobody answers, STORE_UNUSABLE when the server
   *     refuses, STORE_UNSAFE when it may lose what was committed
   */
  public static Database open(PostgresUrl url) {
    return open(new PostgresServer(url));
  }

  /**
   * Connects once and looks whether a server could work with it; changes nothing.
   *
   * @throws RucheException as {@link #open(PostgresUrl)}
   */
  public static void probe(PostgresUrl url) {
    var database = new Database(new PostgresServer(url));
    try {
      database.reader.run((handle, pointOfNoReturn) -> {
        database.engine.check(handle);
        return true;
      });
    } finally {
      database.close();
    }
  }

  private static Database open(Engine engine) {
    var database = new Database(engine);
    try {
      database.reader.run((handle, pointOfNoReturn) -> {
        engine.check(handle);
        return true;
      });
      migrate(engine);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Told once, on a thread of the database, when this process can never write again. */
  public void onFatal(Consumer<RucheException> told) {
    onFatal = told;
  }

  /** Whether other processes may have it open too, and a master must {@link #renew}. */
  public boolean isShared() {
    return engine.isShared();
  }

  /**
   * Makes this process the master unless another one is, whose lease is not over. Ends once true.
   *
   * @param holder names this process to people
   */
  public boolean becomeMaster(String holder) {
    var lease = isShared() ? Optional.of(LEASE) : Optional.<Duration>empty();
    var taken = transact(true, handle -> {}, handle -> Mastership.take(handle, holder, lease));
    taken.ifPresent(held -> master = held);
    return taken.isPresent();
  }

  /** Who is or was the last master. */
  public String masterHolder() {
    return read(Mastership::seat).holder();
  }

  /** Under which number this process is the master; 0 when it is not. */
  public long epoch() {
    var held = master;
    return held == null ? 0 : held.epoch();
  }

  /** Prolongs the master's lease, as every write does; doing so twice does no harm. */
  public void renew() {
    asMaster(held -> writer.run((handle, pointOfNoReturn) -> handle.inTransaction(inside -> {
      held.require(inside);
      return true;
    })));
  }

  /** Runs the work in one transaction, and returns once it is on disk. */
  public <T> T write(Work<T> work) {
    return asMaster(held -> transact(true, held::require, work));
  }

  public void change(Act act) {
    write(handle -> {
      act.run(handle);
      return true;
    });
  }

  /**
   * As {@link #change}, without a sync of its own: it survives the end of this process, and a power
   * cut once a later {@link #write} has returned, in the order in which they were written.
   */
  public void note(Act act) {
    asMaster(held -> transact(false, held::require, handle -> {
      act.run(handle);
      return true;
    }));
  }

  /**
   * As {@link #note}, within the next transaction that anybody begins here, before what that one
   * does. Until then nobody reads it, and the end of this process forgets it: for what means
   * nothing without the next write of the same caller. It must not fail, or that write does.
   */
  public void noteWithNext(Act act) {
    if (!waiting.offer(act)) {
      note(act);
    }
  }

  /** Runs queries on a committed state; they may run more than once. */
  public <T> T read(Work<T> work) {
    return reader.run((handle, pointOfNoReturn) -> work.run(handle));
  }

  /** Where the data is, for messages. */
  public String name() {
    return engine.name();
  }

  /** Lets another process take over at once; closing twice does nothing. */
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    try (engine;
        reader;
        writer) {
      var held = master;
      if (held != null && isShared()) {
        transact(true, held::giveBack, handle -> true);
      }
    }
  }

  private <T> T asMaster(Function<Mastership, T> action) {
    var ended = end;
    if (ended != null) {
      throw ended;
    }
    var held = master;
    if (held == null) {
      throw new IllegalStateException("only the master writes to " + name());
    }
    try {
      return action.apply(held);
    } catch (RucheException e) {
      if (FATAL.contains(e.code())) {
        endWith(e);
      }
      throw e;
    }
  }

  /** The fence is all that may be repeated; once it was answered, the transaction is on its way. */
  private <T> T transact(boolean isSynced, Act fence, Work<T> work) {
    return writer.run((handle, pointOfNoReturn) -> {
      engine.begin(handle, isSynced);
      try {
        fence.run(handle);
        pointOfNoReturn.run();
        var begun = System.nanoTime();
        var company = List.copyOf(waiting);
        company.forEach(act -> act.run(handle));
        var result = work.run(handle);
        if (System.nanoTime() - begun > LEASE.toNanos() / 4) {
          // Others see the lease once this is committed: it must be fresh then.
          fence.run(handle);
        }
        handle.commit();
        waiting.removeAll(company);
        return result;
      } catch (RuntimeException | Error e) {
        rollBack(handle, e);
        throw e;
      }
    });
  }

  private synchronized void endWith(RucheException cause) {
    if (end == null) {
      end = cause;
      onFatal.accept(cause);
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
