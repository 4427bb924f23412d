package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MastershipTest {

  /** A file that one process has needs no lease; its epochs count its starts. */
  @Nested
  class OnSqlite {
    @TempDir
    Path folder;

    @Test
    void whoHasTheFileIsTheMasterAtOnce() {
      for (int start = 1; start <= 3; start++) {
        try (var database = Database.open(folder.resolve("ruche.db"))) {
          assertThat(database.epoch()).isEqualTo(start);
          assertThat(database.isShared()).isFalse();
          new SqlFacts(database).put("a", "b");
        }
      }
    }

    @Test
    void sameFenceStandsBeforeEveryWrite() {
      try (var database = Database.open(folder.resolve("ruche.db"))) {
        database.change(handle -> handle.execute("UPDATE master SET epoch = 7"));

        assertLost(database);
      }
    }
  }

  @Nested
  class OnPostgres {
    private String url;
    private Database first;
    private Database second;

    @BeforeEach
    void open() {
      url = TestStore.postgres();
      first = Database.open(new PostgresUrl(url, ""));
      second = Database.open(new PostgresUrl(url, ""));
    }

    @AfterEach
    void close() {
      if (first != null) {
        first.close();
        second.close();
      }
    }

    @Test
    void onlyOneIsMaster() {
      assertThat(first.becomeMaster("first")).isTrue();
      assertThat(second.becomeMaster("second")).isFalse();

      assertThat(second.masterHolder()).isEqualTo("first");
      assertThatThrownBy(() -> new SqlFacts(second).put("a", "b"))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void masterThatWakesUpLateWritesNothing() {
      first.becomeMaster("first");
      new SqlFacts(first).put("a", "first");
      var told = new ArrayList<String>();
      first.onFatal(e -> told.add(e.code()));

      letTheLeaseEnd();
      assertThat(second.becomeMaster("second")).isTrue();

      assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
      assertLost(first);
      assertThat(new SqlFacts(second).find("a")).contains("first");
      assertThat(told).containsExactly("MASTER_LOST");
      assertThatThrownBy(first::renew).hasMessageContaining("second took over");
    }

    @Test
    void masterThatSleptWhileNobodyTookOverGoesOn() {
      first.becomeMaster("first");
      letTheLeaseEnd();

      new SqlFacts(first).put("a", "b");

      assertThat(second.becomeMaster("second"))
          .as("the write renewed the lease")
          .isFalse();
    }

    @Test
    void leaseIsGivenBackAtTheEnd() {
      first.becomeMaster("first");
      first.close();

      assertThat(second.becomeMaster("second")).isTrue();
    }

    @Test
    void loserGivesBackNothing() {
      first.becomeMaster("first");
      letTheLeaseEnd();
      second.becomeMaster("second");

      first.close();

      try (var third = Database.open(new PostgresUrl(url, ""))) {
        assertThat(third.becomeMaster("third")).isFalse();
      }
      new SqlFacts(second).put("a", "b");
    }

    @Test
    void clockThatWasSetBackDoesNotLockEverybodyOut() {
      first.becomeMaster("first");
      execute("UPDATE master SET renewed_at = renewed_at + 86400000");

      assertThat(second.becomeMaster("second")).isTrue();
    }

    @Test
    void takeOverWaitsForAWriteThatHasBegun() throws Exception {
      first.becomeMaster("first");
      letTheLeaseEnd();
      var hasBegun = new CountDownLatch(1);
      var mayCommit = new CountDownLatch(1);
      var write = CompletableFuture.runAsync(
          () -> first.change(handle -> {
            handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'first')");
            hasBegun.countDown();
            await(mayCommit);
          }),
          Thread::startVirtualThread);
      hasBegun.await();
      var takeOver = CompletableFuture.supplyAsync(
          () -> second.becomeMaster("second"), Thread::startVirtualThread);
      untilSomebodyWaitsForALock();
      mayCommit.countDown();
      write.join();

      assertThat(takeOver.join()).as("the write renewed the lease").isFalse();
      assertThat(new SqlFacts(second).find("a")).contains("first");
    }

    @Test
    void takeOverFollowsAWriteThatWasCutOff() throws Exception {
      first.becomeMaster("first");
      letTheLeaseEnd();
      var hasBegun = new CountDownLatch(1);
      var mayGoOn = new CountDownLatch(1);
      var write = CompletableFuture.runAsync(
          () -> first.change(handle -> {
            handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'first')");
            hasBegun.countDown();
            await(mayGoOn);
          }),
          Thread::startVirtualThread);
      hasBegun.await();
      var takeOver = CompletableFuture.supplyAsync(
          () -> second.becomeMaster("second"), Thread::startVirtualThread);
      untilSomebodyWaitsForALock();
      execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND state = 'idle in transaction'");
      assertThat(takeOver.join()).isTrue();
      mayGoOn.countDown();

      assertThatThrownBy(write::join).hasRootCauseInstanceOf(SQLException.class);
      assertThat(new SqlFacts(second).find("a")).isEmpty();
    }

    private void letTheLeaseEnd() {
      execute("UPDATE master SET renewed_at = renewed_at - 60000");
    }

    private void untilSomebodyWaitsForALock() throws SQLException {
      try (var connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        boolean isWaiting = false;
        while (!isWaiting) {
          try (var rows = statement.executeQuery(
              "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                  + " AND wait_event_type = 'Lock'")) {
            isWaiting = rows.next();
          }
        }
      }
    }

    private void execute(String sql) {
      try (var connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void assertLost(Database database) {
    assertThatThrownBy(() -> new SqlFacts(database).put("a", "too late"))
        .isInstanceOfSatisfying(
            RucheException.class, e -> assertThat(e.code()).isEqualTo("MASTER_LOST"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
