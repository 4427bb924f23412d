package io.ruche.store;

import io.ruche.core.RucheException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Turns a database's failures into the few that a person can act on. */
final class StoreErrors {
  private StoreErrors() {}

  static RucheException ofSqlite(String name, Exception failure) {
    var sql = sqlCause(failure);
    if (sql == null) {
      return unusable(name, failure);
    }
    // Extended SQLite codes carry the primary one in their low byte.
    return switch (SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
        corrupt(name, String.valueOf(sql.getMessage()), failure);
      case SQLITE_BUSY, SQLITE_LOCKED -> locked(name, failure);
      case SQLITE_FULL ->
        new RucheException(
            "STORE_FULL",
            "no room left to write %s.".formatted(name),
            "Free disk space, then start again; nothing that was acknowledged is lost.",
            false,
            failure);
      case null, default -> unusable(name, failure);
    };
  }

  static RucheException corrupt(String name, String found, @Nullable Exception cause) {
    return new RucheException(
        "STORE_CORRUPT",
        "%s is damaged or no database of Ruche: %s.".formatted(name, found),
        "Move it away and restore a backup; without one, the chain is read again but stored"
            + " authorizations are lost.",
        false,
        cause);
  }

  static RucheException locked(String name, @Nullable Exception cause) {
    return new RucheException(
        "STORE_LOCKED",
        "%s is in use by another process.".formatted(name),
        "Stop the other server of this home, or choose another home.",
        false,
        cause);
  }

  static RucheException unusable(String name, Exception cause) {
    return new RucheException(
        "STORE_UNUSABLE",
        "cannot use %s: %s.".formatted(name, cause.getMessage()),
        "Check that the folder exists, is writable and is on a local disk.",
        false,
        cause);
  }

  /** The failures of a PostgreSQL server that answered, by the class of their SQLSTATE. */
  static RucheException ofPostgres(String name, Exception failure) {
    var sql = sqlCause(failure);
    var state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    if (state.equals("53100")) {
      return new RucheException(
          "STORE_FULL",
          "no room left to write %s.".formatted(name),
          "Free disk space on the database server; nothing that was acknowledged is lost.",
          false,
          failure);
    }
    if (state.equals("55P03")) {
      return new RucheException(
          "STORE_BUSY",
          "%s: another session holds what is needed.".formatted(name),
          "Try again; look at pg_locks when it stays.",
          true,
          failure);
    }
    return new RucheException(
        "STORE_UNUSABLE",
        "%s refuses (SQLSTATE %s): %s.".formatted(name, state, failure.getMessage()),
        "Check that the database exists and that its user may create tables in it.",
        false,
        failure);
  }

  static RucheException unreachable(String name, Exception cause) {
    return new RucheException(
        "STORE_UNREACHABLE",
        "%s cannot be reached: %s.".formatted(name, cause.getMessage()),
        "Check that the database server runs, its address, user and password.",
        true,
        cause);
  }

  static RucheException fateUnknown(String name, Exception cause) {
    return new RucheException(
        "STORE_FATE_UNKNOWN",
        "the connection to %s broke during a write: %s.".formatted(name, cause.getMessage()),
        "Start again: what was written is read back; a write is never repeated blindly.",
        false,
        cause);
  }

  static RucheException closed(String name) {
    return new RucheException(
        "STORE_CLOSED",
        "%s is closed: this process is ending.".formatted(name),
        "Ask again when it has started again.",
        true);
  }

  static @Nullable SQLException sqlCause(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
