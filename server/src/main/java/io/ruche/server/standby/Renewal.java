package io.ruche.server.standby;

import io.ruche.server.jobs.Repeating;
import io.ruche.store.Database;
import java.time.Duration;

/**
 * Prolongs the master's lease while nothing is written. A loss is told by the database itself; all
 * other failures pass, or end the lease.
 */
public final class Renewal {
  private static final Duration EVERY = Database.LEASE.dividedBy(4);

  private Renewal() {}

  public static Repeating start(Database database) {
    return Repeating.start("master-renewal", EVERY, database::renew);
  }
}
