package io.ruche.store;

import io.ruche.core.RucheException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, which one thread at a time uses; the others wait their turn. A virtual thread has
 * its work done by a thread of the lane, as its interruption would cut the connection in the middle
 * of a write.
 */
final class Lane implements AutoCloseable {
  /** Times that work which is sure to have changed nothing is tried on a fresh connection. */
  private static final int MAX_TRIES = 5;

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Engine engine;
  private final ExecutorService executor;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable Link link;
  private boolean isClosed;

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
    this.executor = Executors.newSingleThreadExecutor(
        Thread.ofPlatform().name(name).daemon(true).factory());
  }

  /**
   * Runs the work; tries again when the connection is lost before the work's point of no return.
   *
   * @throws RucheException STORE_FATE_UNKNOWN when it is lost after that point; STORE_CLOSED
   */
  <T> T run(Attempt<T> attempt) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("work on the database must not start more of its kind");
    }
    return Thread.currentThread().isVirtual()
        ? await(submit(() -> inTurn(attempt)))
        : inTurn(attempt);
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw StoreErrors.closed(engine.name());
    }
  }

  private <T> T inTurn(Attempt<T> attempt) {
    turn.lock();
    try {
      return persistently(attempt);
    } finally {
      turn.unlock();
    }
  }

  /** Lets work that is under way end; what comes later must not open the database again. */
  @Override
  public void close() {
    await(executor.submit(this::closeInTurn));
    executor.shutdown();
  }

  private <T> T persistently(Attempt<T> attempt) {
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
      pause(PAUSE.multipliedBy(tries));
    }
  }

  /** An interruption ends the pause, and is for what comes after the work. */
  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    if (isClosed) {
      throw StoreErrors.closed(engine.name());
    }
    var known = link;
    if (known == null || known.connection().isClosed()) {
      var connection = engine.connect();
      known = new Link(connection, Jdbi.create(connection));
      link = known;
    }
    return known.jdbi();
  }

  private void closeInTurn() {
    turn.lock();
    try {
      isClosed = true;
      drop();
    } finally {
      turn.unlock();
    }
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
  private static <T extends @Nullable Object> T await(Future<T> answer) {
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
