package io.ruche.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server per test process, on a free loopback port, ended with the process. It syncs
 * commits as a real one does.
 */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestPostgres() {}

  /** Why there is no server on this machine; empty where there is one. */
  public static Optional<String> whyNot() {
    var system = "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    return system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)")
        ? Optional.empty()
        : Optional.of("PostgreSQL for tests is there for Linux on x86-64 only, this is " + system);
  }

  /**
   * The JDBC URL of an empty place: a schema of its own, as a database of its own would be copied
   * and synced for each test.
   */
  public static String freshDatabase() {
    var name = "test_" + DATABASES.incrementAndGet();
    var running = running();
    try (var connection = running.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a schema for tests", e);
    }
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&currentSchema=%s"
        .formatted(running.getPort(), name);
  }

  private static synchronized EmbeddedPostgres running() {
    var known = server;
    if (known == null) {
      try {
        known = EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
      } catch (IOException e) {
        throw new IllegalStateException("PostgreSQL for tests does not start", e);
      }
      server = known;
    }
    return known;
  }
}
