package io.ruche.server.standby;

import io.ruche.core.RucheException;
import io.ruche.store.Database;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prolongs the master's lease while nothing is written. A loss is told by the database itself; all
 * other failures pass, or end the lease.
 */
public final class Renewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");
  private static final Duration EVERY = Database.LEASE.dividedBy(4);

  private final Database database;
  private final Thread thread;

  private Renewal(Database database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("master-renewal").unstarted(this::run);
  }

  public static Renewal start(Database database) {
    var renewal = new Renewal(database);
    renewal.thread.start();
    return renewal;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        renew();
      }
    } catch (InterruptedException e) {
      LOG.debug("renewal ends");
    }
  }

  private void renew() {
    try {
      database.renew();
    } catch (RucheException e) {
      LOG.warn("lease not renewed code={} {}", e.code(), e.getMessage());
    }
  }
}
