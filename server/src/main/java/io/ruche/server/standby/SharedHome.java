package io.ruche.server.standby;

import io.ruche.core.RucheException;
import io.ruche.store.Database;
import io.ruche.store.SqlFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Result archives and published files are in the home, not in the database: a server that takes
 * over must have the same folder, or nobody could fetch what its predecessor stored. A mark in both
 * tells.
 */
public final class SharedHome {
  private static final String FACT = "home mark";
  private static final String FILE = "home.mark";

  private final Database database;
  private final Path home;

  public SharedHome(Database database, Path home) {
    this.database = database;
    this.home = home;
  }

  /**
   * Compares the marks; a database without one, which is new, fits every home.
   *
   * @throws RucheException HOME_NOT_SHARED
   */
  public void check() {
    var expected = new SqlFacts(database).find(FACT);
    var found = mark();
    if (expected.isPresent() && !expected.equals(found)) {
      throw new RucheException(
          "HOME_NOT_SHARED",
          "%s belongs to another home than %s: expected mark %s in %s, found %s."
              .formatted(database.name(), home, expected.get(), FILE, found.orElse("none")),
          "Give all servers of a database the same --home on a shared mount: results and published"
              + " files are there.",
          false);
    }
  }

  /** Checks, and marks both at the first start; the master alone may. */
  public void claim() {
    check();
    var facts = new SqlFacts(database);
    if (facts.find(FACT).isEmpty()) {
      var mark = mark().orElseGet(this::write);
      facts.put(FACT, mark);
    }
  }

  private Optional<String> mark() {
    var file = home.resolve(FILE);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private String write() {
    var mark = UUID.randomUUID().toString();
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve(FILE), mark + "\n");
      return mark;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private RucheException unusable(IOException cause) {
    return new RucheException(
        "HOME_UNUSABLE",
        "cannot use %s: %s.".formatted(home.resolve(FILE), cause),
        "Check that the folder exists and is writable.",
        false,
        cause);
  }
}
