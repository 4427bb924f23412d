package io.ruche.store;

import io.ruche.core.BlockHash;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How far a chain follower has come: its newest blocks, so that a reorg is noticed and undone. */
public final class SqlChainCursor {
  private final Database database;
  private final String name;
  private final int keptBlocks;

  /** A block that was handed on. */
  public record Position(long block, BlockHash hash) {}

  public SqlChainCursor(Database database, String name, int keptBlocks) {
    this.database = database;
    this.name = name;
    this.keptBlocks = keptBlocks;
  }

  /** The newest blocks handed on, oldest first. */
  public List<Position> positions() {
    return database.read(handle -> handle
        .createQuery("SELECT block, block_hash FROM chain_cursor WHERE name = :name ORDER BY block")
        .bind("name", name)
        .map((row, context) ->
            new Position(row.getLong("block"), BlockHash.of(row.getBytes("block_hash"))))
        .list());
  }

  /** Adds blocks that follow those known, and forgets the oldest ones. */
  public void advance(List<Position> positions) {
    if (positions.isEmpty()) {
      return;
    }
    database.change(handle -> {
      deleteFrom(handle, positions.getFirst().block());
      var batch = handle.prepareBatch(
          "INSERT INTO chain_cursor (name, block, block_hash)" + " VALUES (:name, :block, :hash)");
      for (var position : positions) {
        batch
            .bind("name", name)
            .bind("block", position.block())
            .bind("hash", position.hash().bytes())
            .add();
      }
      batch.execute();
      handle
          .createUpdate("DELETE FROM chain_cursor WHERE name = :name AND block <= :oldest")
          .bind("name", name)
          .bind("oldest", positions.getLast().block() - keptBlocks)
          .execute();
    });
  }

  /** Forgets all blocks above this one. */
  public void rollBack(long toBlock) {
    database.change(handle -> deleteFrom(handle, toBlock + 1));
  }

  private void deleteFrom(Handle handle, long block) {
    handle
        .createUpdate("DELETE FROM chain_cursor WHERE name = :name AND block >= :block")
        .bind("name", name)
        .bind("block", block)
        .execute();
  }
}
