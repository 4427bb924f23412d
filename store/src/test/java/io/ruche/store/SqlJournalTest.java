package io.ruche.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ruche.core.DealId;
import io.ruche.core.RucheException;
import io.ruche.scheduler.Fact;
import io.ruche.scheduler.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlJournalTest extends JournalKit {
  @Parameter
  TestStore store;

  @TempDir
  Path folder;

  private Supplier<Database> opener;
  private Database database;
  private Journal journal;

  @BeforeEach
  void fresh() {
    opener = store.fresh(folder);
    open();
  }

  private void open() {
    database = opener.get();
    journal = new SqlJournal(database, "pool");
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Override
  Journal journal() {
    return journal;
  }

  @Override
  Journal afterRestart() {
    database.close();
    open();
    return journal;
  }

  @Test
  void poolsDoNotSeeEachOther() {
    journal.append(List.of(new Fact.DealClosed(new DealId("0x" + "11".repeat(32)))));

    assertThat(new SqlJournal(database, "other").replay()).isEmpty();
  }

  @Test
  void factOfAnotherVersionIsNamedWithItsPlace() {
    database.change(handle -> handle
        .createUpdate("INSERT INTO journal_fact (stream, seq, body) VALUES ('pool', 1, :body)")
        .bind("body", "{\"fact\":\"Unheard\"}".getBytes(StandardCharsets.UTF_8))
        .execute());

    assertThatThrownBy(() -> journal.replay()).isInstanceOfSatisfying(RucheException.class, e -> {
      assertThat(e.code()).isEqualTo("STORE_CORRUPT");
      assertThat(e).hasMessageContaining("fact 1 of journal pool");
    });
  }
}
