package io.ruche.sdk;

import io.ruche.core.Salt;
import java.security.SecureRandom;

/** Salts that nobody else draws. */
final class Salts {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private Salts() {}

  static Salt random() {
    byte[] salt = new byte[BYTES];
    RANDOM.nextBytes(salt);
    return Salt.of(salt);
  }
}
