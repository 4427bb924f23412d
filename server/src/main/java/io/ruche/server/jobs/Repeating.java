package io.ruche.server.jobs;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job, done again and again on a thread of its own: every so often, and sooner when somebody
 * asks. What the job cannot do now it finds undone the next time. Any thread may call.
 */
public final class Repeating implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");

  private final String name;
  private final Duration every;
  private final Duration pause;
  private final Semaphore asked = new Semaphore(0);
  private @Nullable Thread thread;

  /**
   * Nothing is done yet.
   *
   * @param every longest time from one turn to the next
   * @param pause shortest time between two turns, however often somebody asks
   */
  public Repeating(String name, Duration every, Duration pause) {
    this.name = name;
    this.every = every;
    this.pause = pause;
  }

  /** Does the job every so often, beginning in so long. */
  public static Repeating start(String name, Duration every, Runnable job) {
    return new Repeating(name, every, Duration.ZERO).start(job);
  }

  /** Begins; called once. */
  public Repeating start(Runnable job) {
    thread = Thread.ofVirtual().name(name).start(() -> run(job));
    return this;
  }

  /** Asks for a turn as soon as the pause allows; those who ask meanwhile share it. */
  public void soon() {
    if (asked.availablePermits() == 0) {
      asked.release();
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run(Runnable job) {
    try {
      while (true) {
        var _ = asked.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
        asked.drainPermits();
        turn(job);
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", name);
    }
  }

  private void turn(Runnable job) {
    try {
      job.run();
    } catch (RucheException e) {
      LOG.warn("{} waits code={} {}", name, e.code(), e.getMessage());
    }
  }
}
