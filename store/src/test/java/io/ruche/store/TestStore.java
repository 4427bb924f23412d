package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ruche.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** The two databases that every kit runs on. */
enum TestStore {
  SQLITE {
    @Override
    Supplier<Database> fresh(Path folder) {
      return () -> Database.open(folder.resolve("ruche.db"));
    }
  },
  POSTGRES {
    @Override
    Supplier<Database> fresh(Path folder) {
      var reason = TestPostgres.whyNot();
      Assumptions.assumeTrue(
          reason.isEmpty() || System.getenv("RUCHE_REQUIRE_ALL") != null, () -> reason.orElse(""));
      var url = TestPostgres.freshDatabase();
      return () -> {
        var database = Database.open(new PostgresUrl(url, ""));
        assertThat(database.becomeMaster("test")).as("nobody else is master").isTrue();
        return database;
      };
    }
  };

  /** The URL of an empty PostgreSQL database; ends the test, by name, where there is none. */
  static String postgres() {
    var reason = TestPostgres.whyNot();
    Assumptions.assumeTrue(
        reason.isEmpty() || System.getenv("RUCHE_REQUIRE_ALL") != null, () -> reason.orElse(""));
    return TestPostgres.freshDatabase();
  }

  /** Opens the same database each time, empty at first; one at a time. */
  abstract Supplier<Database> fresh(Path folder);
}
