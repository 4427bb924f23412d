package io.ruche.server.standby;

import io.ruche.core.RucheException;
import io.ruche.server.http.HttpOrigin;
import io.ruche.server.http.HttpSettings;
import io.ruche.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until this server is the master, and says meanwhile over HTTP that it is not. */
public final class Standby implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("ruche.server");
  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls in a row that may fail before the process ends: about ten minutes. */
  private static final int MAX_FAILURES = 200;

  /** What passes by itself. A take-over of unknown fate is one of a lease that nobody renews. */
  private static final Set<String> PASSING =
      Set.of("STORE_UNREACHABLE", "STORE_BUSY", "STORE_FATE_UNKNOWN");

  private static final int MAX_MESSAGE_BYTES = 1_024;

  private final Database database;
  private final String holder;
  private HttpSettings http;
  private int failures;
  private @Nullable HttpOrigin origin;

  /**
   * A standby that does nothing yet.
   *
   * @param holder names this server to people
   */
  public Standby(Database database, HttpSettings http, String holder) {
    this.database = database;
    this.http = http;
    this.holder = holder;
  }

  /**
   * Waits.
   *
   * @param stop ends the wait
   * @return where the master listens: where the standby did; empty when the wait was ended
   */
  public Optional<HttpSettings> untilMaster(CountDownLatch stop) {
    try (this) {
      while (!isMaster()) {
        if (stop.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
      }
      LOG.info("server is master epoch={} database={}", database.epoch(), database.name());
      return Optional.of(http);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    var listening = origin;
    if (listening != null) {
      listening.close();
    }
  }

  private boolean isMaster() {
    try {
      boolean isTaken = database.becomeMaster(holder);
      failures = 0;
      if (!isTaken && origin == null) {
        standBy();
      }
      return isTaken;
    } catch (RucheException e) {
      if (!PASSING.contains(e.code()) || ++failures == MAX_FAILURES) {
        throw e;
      }
      LOG.warn("standby cannot see the master failures={} {}", failures, e.sentence());
      return false;
    }
  }

  private void standBy() {
    var listening =
        HttpOrigin.start(http, MAX_MESSAGE_BYTES, List.of(new StandbyRoutes(this::masterHolder)));
    origin = listening;
    http = http.withPort(listening.port());
    LOG.info("server stands by url={} master={}", listening.url(), masterHolder());
  }

  private String masterHolder() {
    return database.masterHolder();
  }
}
