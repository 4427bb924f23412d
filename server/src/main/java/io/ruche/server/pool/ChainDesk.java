package io.ruche.server.pool;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Work on the chain that must not hold up the engine: a bounded queue and a few virtual threads.
 * Work that fails because the chain cannot be reached is tried again until it can.
 */
final class ChainDesk implements AutoCloseable {
  private static final int MAX_WAITING = 20_000;
  private static final int MAX_TRIES = 2_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final PoolLog log;
  private final Thread[] threads;
  private volatile boolean isClosed;

  /** Named work; {@code failed} is told when it cannot succeed. */
  record Work(String name, Runnable action, Failed failed) {}

  /** Hears why work was given up. */
  @FunctionalInterface
  interface Failed {
    void because(String code);
  }

  ChainDesk(String name, int threadCount, PoolLog log) {
    this.log = log;
    this.threads = new Thread[threadCount];
    for (int i = 0; i < threadCount; i++) {
      threads[i] = Thread.ofVirtual().name(name + "-" + i).start(this::run);
    }
  }

  /** Queues work without waiting; it is dropped when too much waits already. */
  void submit(Work work) {
    if (!waiting.offer(work)) {
      log.commandDropped(work.name());
    }
  }

  @Override
  public void close() {
    isClosed = true;
    for (var thread : threads) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        carryOut(waiting.take());
      }
    } catch (InterruptedException e) {
      isClosed = true;
    }
  }

  private void carryOut(Work work) throws InterruptedException {
    var pause = FIRST_PAUSE;
    for (int tries = 1; tries <= MAX_TRIES && !isClosed; tries++) {
      try {
        work.action().run();
        return;
      } catch (RucheException e) {
        if (!e.isRetryable() || tries == MAX_TRIES) {
          work.failed().because(e.code());
          return;
        }
        log.readFailed(work.name(), e.code(), tries);
      } catch (RuntimeException e) {
        log.workFailed(work.name(), e);
        work.failed().because("INTERNAL");
        return;
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
  }
}
