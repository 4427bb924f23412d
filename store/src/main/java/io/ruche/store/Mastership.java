package io.ruche.store;

import io.ruche.core.RucheException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One process's right to write to a database, known by its epoch. Whoever takes over raises the
 * epoch; each write transaction first touches the row that holds it, under the condition that the
 * epoch is still its own, and so either ends before a successor takes over or does not happen at
 * all. A holder that slept through its lease, however long, can therefore record nothing.
 */
final class Mastership {
  private static final String NOW = "(SELECT now_millis FROM database_clock)";

  private final long epoch;

  private Mastership(long epoch) {
    this.epoch = epoch;
  }

  /** Who writes, as the database has it. */
  record Seat(long epoch, String holder) {}

  static Seat seat(Handle handle) {
    return handle
        .createQuery("SELECT epoch, holder FROM master WHERE name = 'server'")
        .map((row, context) -> new Seat(row.getLong("epoch"), row.getString("holder")))
        .one();
  }

  /**
   * Raises the epoch when the holder's lease is over by the database's clock; a lease from the
   * future, which only a clock that was set back shows, is over too.
   *
   * @param lease empty where no other process can hold the database
   */
  static Optional<Mastership> take(Handle handle, String holder, Optional<Duration> lease) {
    long millis = lease.map(Duration::toMillis).orElse(0L);
    int taken = handle
        .createUpdate("UPDATE master SET epoch = epoch + 1, holder = :holder, renewed_at = " + NOW
            + " WHERE name = 'server' AND (:alone = 1 OR renewed_at NOT BETWEEN " + NOW
            + " - :lease AND " + NOW + " + :lease)")
        .bind("holder", holder)
        .bind("alone", lease.isEmpty() ? 1 : 0)
        .bind("lease", millis)
        .execute();
    return taken == 0
        ? Optional.empty()
        : Optional.of(new Mastership(seat(handle).epoch()));
  }

  long epoch() {
    return epoch;
  }

  /**
   * Renews the lease and holds the epoch until the transaction ends.
   *
   * @throws RucheException MASTER_LOST when another process has taken over
   */
  void require(Handle handle) {
    if (touch(handle, NOW) == 0) {
      var seat = seat(handle);
      throw new RucheException(
          "MASTER_LOST",
          "this server wrote under epoch %d, but %s took over with epoch %d."
              .formatted(epoch, seat.holder(), seat.epoch()),
          "Nothing was written. Start it again: it then stands by.",
          false);
    }
  }

  /** Ends the lease at once, if it is still held. */
  void giveBack(Handle handle) {
    touch(handle, "0");
  }

  private int touch(Handle handle, String renewedAt) {
    return handle
        .createUpdate("UPDATE master SET renewed_at = " + renewedAt
            + " WHERE name = 'server' AND epoch = :epoch")
        .bind("epoch", epoch)
        .execute();
  }
}
