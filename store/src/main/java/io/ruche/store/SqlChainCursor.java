package io.ruche.store;

import io.ruche.core.BlockHash;
import java.util.Optional;

/** How far a chain follower has come, with the block's hash so that a reorg is noticed. */
public final class SqlChainCursor {
  private final Database database;
  private final String name;

  /** Last block that was handed on. */
  public record Position(long block, BlockHash hash) {}

  public SqlChainCursor(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  public Optional<Position> find() {
    return database.read(handle -> handle
        .createQuery("SELECT block, block_hash FROM chain_cursor WHERE name = :name")
        .bind("name", name)
        .map((row, context) ->
            new Position(row.getLong("block"), BlockHash.of(row.getBytes("block_hash"))))
        .findOne());
  }

  public void move(Position position) {
    database.change(handle -> {
      handle
          .createUpdate("DELETE FROM chain_cursor WHERE name = :name")
          .bind("name", name)
          .execute();
      handle
          .createUpdate("INSERT INTO chain_cursor (name, block, block_hash)"
              + " VALUES (:name, :block, :hash)")
          .bind("name", name)
          .bind("block", position.block())
          .bind("hash", position.hash().bytes())
          .execute();
    });
  }
}
