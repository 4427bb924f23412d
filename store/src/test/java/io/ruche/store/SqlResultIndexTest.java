package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.Address;
import io.ruche.core.Digest;
import io.ruche.core.RunUsage;
import io.ruche.core.TaskId;
import io.ruche.store.SqlResultIndex.StoredResult;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlResultIndexTest {
  private static final Address APP = new Address("0x" + "5f".repeat(20));
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Parameter
  TestStore store;

  @TempDir
  Path folder;

  private static StoredResult result(int number, @Nullable RunUsage usage, @Nullable Address app) {
    return new StoredResult(
        new TaskId("0x" + "%064x".formatted(number)),
        "bafk" + number,
        new Digest("0x" + "0d".repeat(32)),
        12,
        START.plusSeconds(number),
        usage,
        app);
  }

  @Test
  void whatARunUsedOutlivesARestart() {
    var counted = result(1, new RunUsage(1_200_000_000L, 400), APP);
    var uncounted = result(2, new RunUsage(null, 400), APP);
    var untold = result(3, null, APP);
    var opener = store.fresh(folder);
    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      index.put(counted);
      index.put(uncounted);
      index.put(untold);
    }

    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      assertThat(index.find(counted.task())).contains(counted);
      assertThat(index.find(uncounted.task())).contains(uncounted);
      assertThat(index.find(untold.task())).contains(untold);
      assertThat(index.usageOf(APP, 2)).containsExactly(uncounted.usage(), counted.usage());
      assertThat(index.usageOf(APP, 1)).containsExactly(uncounted.usage());
      assertThat(index.usageOf(Address.ZERO, 2)).isEmpty();
    }
  }

  @Test
  void aResultThatWaitsIsWrittenWithTheNextTransaction() {
    byte[] archive = {'P', 'K'};
    var waiting = result(1, null, APP);
    var opener = store.fresh(folder);
    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      index.putWithNext(waiting, archive);
      assertThat(index.find(waiting.task())).isEmpty();

      assertThatThrownBy(() -> database.change(handle -> {
            throw new IllegalStateException("another's mistake");
          }))
          .hasMessage("another's mistake");
      assertThat(index.find(waiting.task())).isEmpty();

      new SqlFacts(database).put("next", "1");
      assertThat(index.find(waiting.task())).contains(waiting);
    }

    try (var database = opener.get()) {
      assertThat(new SqlResultIndex(database).archive(waiting.cid())).contains(archive);
    }
  }

  @Test
  void oneTransactionIsBegunWhenTooManyWait() {
    var opener = store.fresh(folder);
    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      for (int i = 1; i <= Database.MAX_WAITING; i++) {
        index.putWithNext(result(i, null, APP), new byte[1]);
      }
      assertThat(index.find(result(1, null, APP).task())).isEmpty();

      index.putWithNext(result(Database.MAX_WAITING + 1, null, APP), new byte[1]);

      for (int i = 1; i <= Database.MAX_WAITING + 1; i++) {
        assertThat(index.find(result(i, null, APP).task())).isPresent();
      }
    }
  }

  @Test
  void aSmallArchiveIsKeptWithItsResult() {
    byte[] archive = {'P', 'K', 0, -1};
    var kept = result(1, null, APP);
    var elsewhere = result(2, null, APP);
    var opener = store.fresh(folder);
    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      index.put(kept, archive);
      index.put(elsewhere);
    }

    try (var database = opener.get()) {
      var index = new SqlResultIndex(database);
      assertThat(index.find(kept.task())).contains(kept);
      assertThat(index.archive(kept.cid())).hasValue(archive);
      assertThat(index.archive(elsewhere.cid())).isEmpty();
      assertThat(index.archive("bafkOther")).isEmpty();
    }
  }

  @Test
  void anArchiveThatBelongsIntoAFileIsRefused() {
    try (var database = store.fresh(folder).get()) {
      var index = new SqlResultIndex(database);
      var result = result(1, null, APP);
      byte[] most = new byte[SqlResultIndex.MAX_ARCHIVE_BYTES];

      assertThatThrownBy(() -> index.put(result, new byte[most.length + 1]))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(index.find(result.task())).isEmpty();
      index.put(result, most);
      assertThat(index.archive(result.cid())).hasValue(most);
    }
  }
}
