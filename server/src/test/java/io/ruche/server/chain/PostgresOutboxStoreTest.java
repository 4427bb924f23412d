package io.ruche.server.chain;

import io.ruche.store.Database;
import io.ruche.store.PostgresUrl;
import io.ruche.testkit.postgres.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The outbox keeps to its kit on PostgreSQL too. */
class PostgresOutboxStoreTest extends SqlOutboxStoreTest {
  private @Nullable String url;

  @Override
  Database opened() {
    if (url == null) {
      var reason = TestPostgres.whyNot();
      Assumptions.assumeTrue(
          reason.isEmpty() || System.getenv("RUCHE_REQUIRE_ALL") != null, () -> reason.orElse(""));
      url = TestPostgres.freshDatabase();
    }
    var database = Database.open(new PostgresUrl(url, ""));
    database.becomeMaster("test");
    return database;
  }
}
