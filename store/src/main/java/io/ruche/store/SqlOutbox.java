package io.ruche.store;

import io.ruche.core.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Actions of wallets on a chain, each with the transactions signed for it, as a text that only the
 * chain client reads. What {@link #save} took is on disk when it returns.
 */
public final class SqlOutbox {
  private final Database database;
  private final InstantSource clock;

  /**
   * One action.
   *
   * @param isOpen whether it must be looked at again after a restart
   */
  public record Row(
      long chainId, Address sender, String actionKey, long nonce, boolean isOpen, String body) {}

  public SqlOutbox(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public List<Row> open(long chainId, Address sender) {
    return database.read(handle -> handle
        .createQuery("SELECT * FROM outbox_action"
            + " WHERE chain_id = :chain AND sender = :sender AND is_open = 1 ORDER BY nonce")
        .bind("chain", chainId)
        .bind("sender", sender.bytes())
        .map((row, context) -> of(row))
        .list());
  }

  public Optional<Row> find(long chainId, Address sender, String actionKey) {
    return database.read(handle -> handle
        .createQuery("SELECT * FROM outbox_action"
            + " WHERE chain_id = :chain AND sender = :sender AND action_key = :key")
        .bind("chain", chainId)
        .bind("sender", sender.bytes())
        .bind("key", actionKey)
        .map((row, context) -> of(row))
        .findOne());
  }

  /** Adds or replaces actions, all or none. */
  public void save(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    database.change(handle -> {
      var remove = handle.prepareBatch("DELETE FROM outbox_action"
          + " WHERE chain_id = :chain AND sender = :sender AND action_key = :key");
      var add = handle.prepareBatch("INSERT INTO outbox_action"
          + " (chain_id, sender, action_key, nonce, is_open, body, changed_at)"
          + " VALUES (:chain, :sender, :key, :nonce, :open, :body, :at)");
      for (var row : rows) {
        remove
            .bind("chain", row.chainId())
            .bind("sender", row.sender().bytes())
            .bind("key", row.actionKey())
            .add();
        add.bind("chain", row.chainId())
            .bind("sender", row.sender().bytes())
            .bind("key", row.actionKey())
            .bind("nonce", row.nonce())
            .bind("open", row.isOpen() ? 1 : 0)
            .bind("body", row.body())
            .bind("at", clock.millis())
            .add();
      }
      remove.execute();
      add.execute();
    });
  }

  /** Forgets actions that were done and left alone since then. */
  public int forgetDone(Instant before) {
    return database.write(handle -> handle
        .createUpdate("DELETE FROM outbox_action WHERE is_open = 0 AND changed_at < :before")
        .bind("before", before.toEpochMilli())
        .execute());
  }

  private static Row of(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("chain_id"),
        Address.of(row.getBytes("sender")),
        row.getString("action_key"),
        row.getLong("nonce"),
        row.getInt("is_open") == 1,
        row.getString("body"));
  }
}
