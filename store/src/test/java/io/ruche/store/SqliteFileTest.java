package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a SQLite file does. */
class SqliteFileTest {
  @TempDir
  Path folder;

  @Test
  void everyCommitIsSynced() {
    try (var database = Database.open(file())) {
      var mode = database.write(handle ->
          handle.createQuery("PRAGMA synchronous").mapTo(Integer.class).one());
      var journal = database.write(handle ->
          handle.createQuery("PRAGMA journal_mode").mapTo(String.class).one());

      assertThat(mode).as("2 is FULL").isEqualTo(2);
      assertThat(journal).isEqualTo("wal");
    }
  }

  @Test
  void aNoteIsNotSyncedButWhatIsWrittenAfterItIs() {
    try (var database = Database.open(file())) {
      var modes = new ArrayList<Integer>();
      Database.Act look = handle -> modes.add(
          handle.createQuery("PRAGMA synchronous").mapTo(Integer.class).one());

      database.note(look);
      database.note(look);
      database.change(look);
      database.note(look);
      database.change(look);

      assertThat(modes).as("1 is NORMAL, 2 is FULL").containsExactly(1, 1, 2, 1, 2);
    }
  }

  @Test
  void secondProcessIsToldThatTheStoreIsTaken() {
    try (var database = Database.open(file())) {
      assertThat(database.name()).isEqualTo(file().toString());
      assertCode("STORE_LOCKED");
    }
  }

  @Test
  void fileThatIsNoDatabaseIsCalledCorrupt() throws Exception {
    Files.writeString(file(), "this was never a database ".repeat(100));

    assertCode("STORE_CORRUPT");
  }

  @Test
  void damagedPagesAreFoundAtTheStart() throws Exception {
    try (var database = Database.open(file())) {
      for (int i = 0; i < 200; i++) {
        new SqlFacts(database).put("name" + i, "x".repeat(900));
      }
    }
    try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      var page = 4096;
      var noise = ByteBuffer.allocate(page * 20);
      noise.array()[7] = 77;
      channel.write(noise, channel.size() - noise.capacity());
    }

    assertCode("STORE_CORRUPT");
  }

  @Test
  void fullDiskIsNamed() {
    try (var database = Database.open(file())) {
      database.write(handle ->
          handle.createQuery("PRAGMA max_page_count = 60").mapTo(Integer.class).one());
      var facts = new SqlFacts(database);

      assertThatThrownBy(() -> {
            for (int i = 0; i < 500; i++) {
              facts.put("name" + i, "x".repeat(900));
            }
          })
          .isInstanceOf(RucheException.class)
          .extracting(e -> ((RucheException) e).code())
          .isEqualTo("STORE_FULL");
    }
  }

  private void assertCode(String code) {
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo(code);
          assertThat(e.getMessage()).contains(file().toString());
          assertThat(e.hint()).isNotBlank();
        });
  }

  private Path file() {
    return folder.resolve("ruche.db");
  }
}
