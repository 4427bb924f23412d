package io.ruche.worker.availability;

/** One fact about the machine, or why it is not known. */
public sealed interface Reading<T> {
  record Known<T>(T value) implements Reading<T> {}

  record Unknown<T>(String why) implements Reading<T> {}

  static <T> Reading<T> of(T value) {
    return new Known<>(value);
  }

  static <T> Reading<T> unknown(String why) {
    return new Unknown<>(why);
  }
}
