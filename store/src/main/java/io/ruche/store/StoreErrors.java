package io.ruche.store;

import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Turns a database's failures into the few that a person can act on. */
final class StoreErrors {
  private StoreErrors() {}

  static RucheException of(Path file, Exception failure) {
    var sql = sqlCause(failure);
    if (sql == null) {
      return unusable(file, failure);
    }
    // Extended SQLite codes carry the primary one in their low byte.
    return switch (SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
        corrupt(file, String.valueOf(sql.getMessage()), failure);
      case SQLITE_BUSY, SQLITE_LOCKED -> locked(file, failure);
      case SQLITE_FULL ->
        new RucheException(
            "STORE_FULL",
            "no room left to write %s.".formatted(file),
            "Free disk space, then start again; nothing that was acknowledged is lost.",
            false,
            failure);
      case null, default -> unusable(file, failure);
    };
  }

  static RucheException corrupt(Path file, String found, @Nullable Exception cause) {
    return new RucheException(
        "STORE_CORRUPT",
        "%s is damaged or no database of Ruche: %s.".formatted(file, found),
        "Move it away and restore a backup; without one, the chain is read again but stored"
            + " authorizations are lost.",
        false,
        cause);
  }

  static RucheException locked(Path file, @Nullable Exception cause) {
    return new RucheException(
        "STORE_LOCKED",
        "%s is in use by another process.".formatted(file),
        "Stop the other server of this home, or choose another home.",
        false,
        cause);
  }

  static RucheException unusable(Path file, Exception cause) {
    return new RucheException(
        "STORE_UNUSABLE",
        "cannot use %s: %s.".formatted(file, cause.getMessage()),
        "Check that the folder exists, is writable and is on a local disk.",
        false,
        cause);
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
