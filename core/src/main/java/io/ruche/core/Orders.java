package io.ruche.core;

/** Checks shared by the four kinds of orders. */
final class Orders {
  private Orders() {}

  static void requireVolume(long volume) {
    if (volume < 0) {
      throw new IllegalArgumentException("expected a volume of 0 or more tasks, found: " + volume);
    }
  }
}
