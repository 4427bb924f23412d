package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.RucheException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a PostgreSQL server does: connections that break, and limits on sessions. */
class PostgresServerTest {
  private String url;
  private Database database;

  @BeforeEach
  void open() {
    url = TestStore.postgres();
    database = Database.open(new PostgresUrl(url, ""));
    assertThat(database.becomeMaster("test")).isTrue();
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void oneThatIsProbedKeepsItsMasterAndOneThatIsMissingSaysSo() {
    Database.probe(new PostgresUrl(url, ""));

    new SqlFacts(database).put("a", "b");
    assertCode(
        "STORE_UNREACHABLE",
        () -> Database.probe(new PostgresUrl("jdbc:postgresql://127.0.0.1:1/ruche", "")));
  }

  @Test
  void everyCommitIsSynced() {
    assertThat(shown("synchronous_commit")).isEqualTo("on");
    assertThat(shown("fsync")).isEqualTo("on");
    assertThat(shown("idle_in_transaction_session_timeout")).isEqualTo("3s");
  }

  @Test
  void readIsRepeatedOnAFreshConnection() {
    new SqlFacts(database).put("a", "b");
    var runs = new AtomicInteger();

    var value = database.read(handle -> {
      if (runs.incrementAndGet() == 1) {
        endSessions();
      }
      return handle.createQuery("SELECT value FROM fact").mapTo(String.class).one();
    });

    assertThat(value).isEqualTo("b");
    assertThat(runs).hasValue(2);
  }

  @Test
  void writeThatHasNotBegunIsRepeated() {
    endSessions();

    new SqlFacts(database).put("a", "b");

    assertThat(new SqlFacts(database).find("a")).contains("b");
  }

  @Test
  void writeThatBreaksIsNeverRepeated() {
    var runs = new AtomicInteger();

    assertCode(
        "STORE_FATE_UNKNOWN",
        () -> database.change(handle -> {
          runs.incrementAndGet();
          handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'b')");
          endSessions();
          handle.execute("INSERT INTO fact (name, value) VALUES ('c', 'd')");
        }));

    assertThat(runs).hasValue(1);
    assertThat(new SqlFacts(database).find("a")).isEmpty();
  }

  @Test
  void afterAWriteOfUnknownFateThisProcessWritesNoMore() {
    var told = new ArrayList<String>();
    database.onFatal(e -> told.add(e.code()));
    assertCode("STORE_FATE_UNKNOWN", () -> database.change(handle -> endSessions()));

    assertCode("STORE_FATE_UNKNOWN", () -> new SqlFacts(database).put("a", "b"));

    assertThat(told).containsExactly("STORE_FATE_UNKNOWN");
    assertThat(new SqlFacts(database).find("a")).isEmpty();
  }

  @Test
  void aNoteIsNotSyncedButWhatIsWrittenAfterItIs() {
    var modes = new ArrayList<String>();
    Database.Act look = handle -> modes.add(
        handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one());

    database.note(look);
    database.change(look);

    assertThat(modes).containsExactly("off", "on");
  }

  @Test
  void renewalThatBreaksIsRepeated() {
    endSessions();

    database.renew();

    assertThat(database.epoch()).isEqualTo(1);
  }

  @Test
  void commitThatGetsNoAnswerIsNeverRepeated() {
    assertCode(
        "STORE_FATE_UNKNOWN",
        () -> database.change(handle -> {
          handle.execute("INSERT INTO fact (name, value) VALUES ('a', 'b')");
          endSessions();
        }));
  }

  @Test
  void serverThatIsNotThereIsNamedWithoutItsParameters() {
    var nowhere = "jdbc:postgresql://127.0.0.1:1/ruche?user=somebody";

    assertThatThrownBy(() -> Database.open(new PostgresUrl(nowhere, "hush")))
        .isInstanceOfSatisfying(RucheException.class, e -> {
          assertThat(e.code()).isEqualTo("STORE_UNREACHABLE");
          assertThat(e.sentence())
              .contains("postgresql://127.0.0.1:1/ruche")
              .doesNotContain("hush");
        });
  }

  @Test
  void databaseThatIsNotThereIsRefusedAtOnce() {
    var missing = url.replace("/postgres?", "/nobody_made_this?");

    assertCode("STORE_UNUSABLE", () -> Database.open(new PostgresUrl(missing, "")));
  }

  @Test
  void passwordsAreNoPartOfAUrl() {
    for (var told : new String[] {
      "jdbc:postgresql://host/ruche?password=hush",
      "jdbc:postgresql://host/ruche?user=a&sslpassword=hush",
      "jdbc:postgresql://me:hush@host/ruche"
    }) {
      assertThatThrownBy(() -> new PostgresUrl(told, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("without")
          .hasMessageNotContaining("hush");
    }
    assertThat(new PostgresUrl("jdbc:postgresql://host/ruche?user=a", "hush").toString())
        .doesNotContain("hush");
  }

  private String shown(String setting) {
    return database.write(
        handle -> handle.createQuery("SHOW " + setting).mapTo(String.class).one());
  }

  /** Cuts every connection to the database but the one that asks for it. */
  private void endSessions() {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertCode(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(RucheException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
