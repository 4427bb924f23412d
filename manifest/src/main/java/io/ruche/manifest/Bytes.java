package io.ruche.manifest;

import io.ruche.core.Hex;
import java.util.Locale;

/** A value of {@code bytes} or {@code bytesN}: any number of bytes, as 0x-prefixed hex. */
public record Bytes(String hex) {
  public Bytes {
    Hex.decode(hex);
    hex = hex.toLowerCase(Locale.ROOT);
  }

  public static Bytes of(byte[] bytes) {
    return new Bytes(Hex.encode(bytes));
  }

  public byte[] toArray() {
    return Hex.decode(hex);
  }

  public int size() {
    return hex.length() / 2 - 1;
  }

  @Override
  public String toString() {
    return hex;
  }
}
