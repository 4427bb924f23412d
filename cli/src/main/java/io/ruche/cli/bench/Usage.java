package io.ruche.cli.bench;

import io.ruche.core.RucheException;
import java.util.function.Supplier;

/** Options of a benchmark that cannot be. */
final class Usage {
  private Usage() {}

  static RucheException error(String message, String verb) {
    return new RucheException(
        "USAGE", message, "See `ruche bench %s --help`.".formatted(verb), false);
  }

  /** Settings that check themselves; what is wrong with them is an error of usage. */
  static <T> T valid(Supplier<T> settings, String verb) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()), verb);
    }
  }
}
