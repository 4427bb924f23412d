package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.core.Address;
import io.ruche.core.BlockHash;
import io.ruche.core.Words;
import io.ruche.store.SqlChainCursor.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The small tables: outbox, cursor, published files, named facts. */
@ParameterizedClass
@EnumSource
class SqlTablesTest {
  private static final Address ALICE = new Address("0x" + "a1".repeat(20));
  private static final Address BOB = new Address("0x" + "b0".repeat(20));
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

  @Parameter
  TestStore store;

  @TempDir
  Path folder;

  private Database database;

  @BeforeEach
  void open() {
    database = store.fresh(folder).get();
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void actionsAreReplacedByKeyAndForgottenWhenDone() {
    var outbox = new SqlOutbox(database, () -> NOW);
    var first = action("a", 1, true, "signed");
    var done = action("b", 2, false, "settled");
    outbox.save(List.of(first, done));

    assertThat(outbox.open(1, ALICE)).containsExactly(first);
    assertThat(outbox.open(1, BOB)).isEmpty();
    assertThat(outbox.forgetDone(NOW)).isZero();
    assertThat(outbox.forgetDone(NOW.plusMillis(1))).isEqualTo(1);
    assertThat(outbox.find(1, ALICE, "b")).isEmpty();

    var bumped = action("a", 1, true, "signed again");
    outbox.save(List.of(bumped));
    assertThat(outbox.find(1, ALICE, "a")).contains(bumped);
  }

  @Test
  void textsMayBeLong() {
    var outbox = new SqlOutbox(database, () -> NOW);
    var lengthy = action("a", 1, true, "ab\u00e9".repeat(200_000));

    outbox.save(List.of(lengthy));
    new SqlFacts(database).put("long", "x".repeat(5_000));

    assertThat(outbox.open(1, ALICE)).containsExactly(lengthy);
    assertThat(new SqlFacts(database).find("long")).contains("x".repeat(5_000));
  }

  @Test
  void cursorKeepsTheNewestBlocksAndRollsBack() {
    var cursor = new SqlChainCursor(database, "hub", 3);
    cursor.advance(positions(1, 5));
    assertThat(cursor.positions()).isEqualTo(positions(3, 5));

    cursor.rollBack(3);
    cursor.advance(positions(4, 4));

    assertThat(cursor.positions()).isEqualTo(positions(3, 4));
    assertThat(new SqlChainCursor(database, "other", 3).positions()).isEmpty();
  }

  @Test
  void filesCountOnceTowardsTheirOwner() {
    var files = new SqlPublishedFiles(database);
    files.add(ALICE, "cid-1", 1L << 40, NOW);
    files.add(ALICE, "cid-1", 1L << 40, NOW);
    files.add(ALICE, "cid-2", 5, NOW);
    files.add(BOB, "cid-1", 7, NOW);

    assertThat(files.bytesOf(ALICE)).isEqualTo((1L << 40) + 5);
    assertThat(files.bytes()).isEqualTo((1L << 40) + 12);
    assertThat(files.bytesOf(Address.ZERO)).isZero();
  }

  private static SqlOutbox.Row action(String key, long nonce, boolean isOpen, String body) {
    return new SqlOutbox.Row(1, ALICE, key, nonce, isOpen, body);
  }

  private static List<Position> positions(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(block -> new Position(block, BlockHash.of(Words.uint256(block))))
        .toList();
  }
}
