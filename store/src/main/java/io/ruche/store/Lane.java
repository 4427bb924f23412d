package io.ruche.store;

import io.ruche.core.RucheException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the one thread that uses it; callers wait their turn. The thread is the lane's
 * own because the interruption of a virtual thread would cut the connection in the middle of a
 * write.
 */
final class Lane implements AutoCloseable {
  /** Times that work which is sure to have changed nothing is tried on a fresh connection. */
  private static final int MAX_TRIES = 5;

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Engine engine;
  private final ExecutorService executor;
  private volatile @Nullable Thread thread;
  private @Nullable Link link;

  /** Work on a connection that may say from when on it must not be repeated. */
  interface Attempt<T> {
    T run(Handle handle, Runnable pointOfNoReturn);
  }

  /**
   * A connection with what belongs to it: the library reads each statement's text once for as long
   * as it lives, which takes longer than to carry it out.
   */
  private record Link(Connection connection, Jdbi jdbi) {}

  Lane(Engine engine, String name) {
    this.engine = engine;
    this.executor = Executors.newSingleThreadExecutor(work -> {
      thread = Thread.ofPlatform().name(name).daemon(true).unstarted(work);
      return thread;
    });
  }

  /**
   * Runs the work; tries again when the connection is lost before the work's point of no return.
   *
   * @throws RucheException STORE_FATE_UNKNOWN when it is lost after that point
   */
  <T> T run(Attempt<T> attempt) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("work on the database must not start more of its kind");
    }
    return await(executor.submit(() -> persistently(attempt)));
  }

  @Override
  public void close() {
    await(executor.submit(() -> {
      drop();
      return true;
    }));
    executor.shutdown();
  }

  private <T> T persistently(Attempt<T> attempt) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      var progress = new Progress();
      try (var handle = connected().open()) {
        return attempt.run(handle, progress);
      } catch (SQLException | JdbiException e) {
        if (!engine.isConnectionLoss(e)) {
          throw engine.error(e);
        }
        drop();
        if (progress.isPast) {
          throw StoreErrors.fateUnknown(engine.name(), e);
        }
        if (tries == MAX_TRIES) {
          throw engine.error(e);
        }
      }
      Thread.sleep(PAUSE.multipliedBy(tries));
    }
  }

  private static final class Progress implements Runnable {
    private boolean isPast;

    @Override
    public void run() {
      isPast = true;
    }
  }

  private Jdbi connected() throws SQLException {
    var known = link;
    if (known == null || known.connection().isClosed()) {
      var connection = engine.connect();
      known = new Link(connection, Jdbi.create(connection));
      link = known;
    }
    return known.jdbi();
  }

  private void drop() {
    var dropped = link;
    link = null;
    if (dropped != null) {
      try {
        dropped.connection().close();
      } catch (SQLException e) {
        throw engine.error(e);
      }
    }
  }

  /** Waits for the answer whatever interrupts: the work goes on all the same. */
  private static <T> T await(Future<T> answer) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
