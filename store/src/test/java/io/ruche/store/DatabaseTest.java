package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class DatabaseTest {
  @Parameter
  TestStore store;

  @TempDir
  Path folder;

  private Supplier<Database> opener;

  @BeforeEach
  void fresh() {
    opener = store.fresh(folder);
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    try (var database = opener.get()) {
      new SqlFacts(database).put("chain", "65535");
    }

    try (var database = opener.get()) {
      assertThat(new SqlFacts(database).find("chain")).contains("65535");
    }
  }

  /** Each has a cache of the statements that it has read. */
  @Test
  void transactionsOfOneConnectionShareWhatTheLibraryKnows() {
    try (var database = opener.get()) {
      var first = database.<Object>read(handle -> handle.getJdbi());
      var second = database.<Object>read(handle -> handle.getJdbi());

      assertThat(second).isSameAs(first);
    }
  }

  @Test
  void failedWorkLeavesNothingBehind() {
    try (var database = opener.get()) {
      assertThatThrownBy(() -> database.change(handle -> {
            handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'b')");
            throw new IllegalStateException("on purpose");
          }))
          .hasMessage("on purpose");

      assertThat(new SqlFacts(database).find("a")).isEmpty();
    }
  }

  @Test
  void failedStatementLeavesTheConnectionUsable() {
    try (var database = opener.get()) {
      new SqlFacts(database).put("a", "1");
      assertThatThrownBy(() -> database.change(
              handle -> handle.execute("INSERT INTO fact (name, value) VALUES ('a', '2')")))
          .hasMessageContaining(database.name());

      new SqlFacts(database).put("a", "3");
      assertThat(new SqlFacts(database).find("a")).contains("3");
    }
  }

  @Test
  void readersSeeOnlyWhatIsCommitted() throws InterruptedException {
    try (var database = opener.get()) {
      var isWritten = new CountDownLatch(1);
      var mayCommit = new CountDownLatch(1);
      var writer = Thread.ofVirtual()
          .start(() -> database.change(handle -> {
            handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'b')");
            isWritten.countDown();
            await(mayCommit);
          }));
      isWritten.await();
      assertThat(new SqlFacts(database).find("a")).isEmpty();

      mayCommit.countDown();
      writer.join();
      assertThat(new SqlFacts(database).find("a")).contains("b");
    }
  }

  @Test
  void interruptedWriterStillCommits() {
    try (var database = opener.get()) {
      Thread.currentThread().interrupt();
      new SqlFacts(database).put("a", "b");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(new SqlFacts(database).find("a")).contains("b");
    }
  }

  @Test
  void whatWaitsForATransactionIsWrittenOnceBeforeIt() {
    try (var database = opener.get()) {
      var written = new ArrayList<String>();
      database.noteWithNext(handle -> written.add("waiting"));

      database.change(handle -> written.add("next"));
      database.change(handle -> written.add("last"));

      assertThat(written).containsExactly("waiting", "next", "last");
    }
  }

  /** Else a late thread would open the database again, behind the back of who has it next. */
  @Test
  void aClosedDatabaseIsNotOpenedAgainByWhoComesLate() throws InterruptedException {
    var database = opener.get();
    var facts = new SqlFacts(database);
    facts.put("a", "1");
    database.close();

    for (var late : List.<Runnable>of(() -> facts.put("a", "2"), () -> facts.find("a"))) {
      assertRefused(late);
      var refused = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> {
        assertRefused(late);
        refused.countDown();
      });
      assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void assertRefused(Runnable late) {
    assertThatThrownBy(late::run)
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("STORE_CLOSED"));
  }

  @Test
  void writesDoNotNest() {
    try (var database = opener.get()) {
      assertThatThrownBy(
              () -> database.change(handle -> new SqlFacts(database).put("a", "inside another")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
