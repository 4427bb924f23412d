package io.ruche.store;

import io.ruche.core.RucheException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.ds.PGSimpleDataSource;

/** A database on a PostgreSQL server, which more than one process may have open. */
final class PostgresServer implements Engine {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

  /** A connection and its login; a machine under load takes its time for the latter. */
  private static final Duration LOGIN_WITHIN = Duration.ofSeconds(10);

  /** Silence on a connection that waits for an answer, after which it counts as lost. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  /**
   * A process that sleeps in the middle of a transaction holds its locks, and would keep others
   * from taking over: the server then ends its session, before the lease is over.
   */
  private static final Duration IDLE_IN_TRANSACTION = Database.LEASE.minusSeconds(1);

  private static final Duration LOCK_WITHIN = Duration.ofSeconds(3);

  private static final List<String> SESSION = List.of(
      "SET synchronous_commit = on",
      "SET default_transaction_isolation = 'read committed'",
      "SET lock_timeout = " + LOCK_WITHIN.toMillis(),
      "SET idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION.toMillis());

  private static final String CONNECTION_EXCEPTIONS = "08";

  /** Shutdown, crash, start-up, too many connections, and an idle session that was ended. */
  private static final Set<String> LOSSES =
      Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03");

  private final PostgresUrl url;

  PostgresServer(PostgresUrl url) {
    this.url = url;
  }

  @Override
  public String name() {
    return url.name();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Without the session's limits: a migration may take its time. */
  @Override
  public DataSource migrationSource() {
    return source();
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "bytes", "BYTEA",
        "on_postgres", "",
        "now_millis", "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
  }

  @Override
  public Connection connect() throws SQLException {
    var connection = source().getConnection();
    try (var statement = connection.createStatement()) {
      for (var setting : SESSION) {
        statement.execute(setting);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void begin(Handle handle, boolean isSynced) {
    handle.begin();
    if (!isSynced) {
      handle.execute("SET LOCAL synchronous_commit TO OFF");
    }
  }

  /** A server that does not sync would lose signatures that have left. */
  @Override
  public void check(Handle handle) {
    var found = handle.createQuery("SHOW fsync").mapTo(String.class).one();
    if (!found.equals("on")) {
      throw new RucheException(
          "STORE_UNSAFE",
          "%s runs with fsync %s: expected on.".formatted(name(), found),
          "Set `fsync = on` on the server; what is signed must outlive a crash.",
          false);
    }
  }

  @Override
  public boolean isConnectionLoss(Exception failure) {
    var sql = StoreErrors.sqlCause(failure);
    var state = sql == null ? null : sql.getSQLState();
    return state != null && (state.startsWith(CONNECTION_EXCEPTIONS) || LOSSES.contains(state));
  }

  @Override
  public RucheException error(Exception failure) {
    return isConnectionLoss(failure)
        ? StoreErrors.unreachable(name(), failure)
        : StoreErrors.ofPostgres(name(), failure);
  }

  /** The server stays; connections are closed by their lanes. */
  @Override
  public void close() {}

  private PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setUrl(url.url());
    if (!url.password().isEmpty()) {
      source.setPassword(url.password());
    }
    source.setApplicationName("ruche");
    source.setConnectTimeout(Math.toIntExact(CONNECT_WITHIN.toSeconds()));
    source.setLoginTimeout(Math.toIntExact(LOGIN_WITHIN.toSeconds()));
    source.setSocketTimeout(Math.toIntExact(ANSWER_WITHIN.toSeconds()));
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    return source;
  }
}
