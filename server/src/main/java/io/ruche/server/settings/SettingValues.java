package io.ruche.server.settings;

import io.ruche.core.Address;
import io.ruche.core.TokenAmount;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings as values. What is missing or wrong is noted, so that all of it is told together. */
final class SettingValues {
  private final GivenSettings given;

  SettingValues(GivenSettings given) {
    this.given = given;
  }

  /** What is wrong so far. */
  List<String> problems() {
    return given.problems();
  }

  void problem(String sentence) {
    given.problems().add(sentence);
  }

  String text(Key key) {
    return given.of(key).text();
  }

  boolean isEmpty(Key key) {
    return text(key).isEmpty();
  }

  /** Null, and a problem, when it is missing or cannot be read. */
  <T> @Nullable T required(Key key, Function<String, T> read) {
    if (isEmpty(key)) {
      problem("--%s is missing".formatted(key.text()));
      return null;
    }
    try {
      return read.apply(text(key));
    } catch (IllegalArgumentException e) {
      problem("--%s: %s".formatted(key.text(), e.getMessage()));
      return null;
    }
  }

  /** A whole number; {@code min}, and a problem, when it is none. */
  long number(Key key, long min, long max) {
    var value = required(key, text -> number(text, min, max));
    return value == null ? min : value;
  }

  Duration millis(Key key) {
    return Duration.ofMillis(number(key, 50, 86_400_000));
  }

  /** Zero when it is not given. */
  Address addressOrZero(Key key) {
    var address = isEmpty(key) ? null : required(key, Address::new);
    return address == null ? Address.ZERO : address;
  }

  /** Zero when it is not given. */
  TokenAmount amountOrZero(Key key) {
    var amount = isEmpty(key) ? null : required(key, TokenAmount::parse);
    return amount == null ? TokenAmount.ZERO : amount;
  }

  static long number(String text, long min, long max) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("expected a whole number, found: " + text);
    }
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected a number from %d to %d, found %d".formatted(min, max, value));
    }
    return value;
  }
}
