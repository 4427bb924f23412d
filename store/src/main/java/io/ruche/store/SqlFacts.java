package io.ruche.store;

import java.util.Optional;

/** Small named facts of a process: the chain and hub it belongs to, its format. */
public final class SqlFacts {
  private final Database database;

  public SqlFacts(Database database) {
    this.database = database;
  }

  public Optional<String> find(String name) {
    return database.read(handle -> handle
        .createQuery("SELECT value FROM fact WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne());
  }

  public void put(String name, String value) {
    database.change(handle -> {
      handle
          .createUpdate("DELETE FROM fact WHERE name = :name")
          .bind("name", name)
          .execute();
      handle
          .createUpdate("INSERT INTO fact (name, value) VALUES (:name, :value)")
          .bind("name", name)
          .bind("value", value)
          .execute();
    });
  }
}
