package io.ruche.core;

import org.jspecify.annotations.Nullable;

/** Digest of a result, the value a worker commits to and reveals (rule: {@link ResultDigest}). */
public record Digest(String hex) implements Comparable<Digest> {
  public Digest {
    hex = Hex.require(hex, 32, "result digest");
  }

  public static Digest of(byte[] bytes) {
    return new Digest(Hex.encode(bytes));
  }

  public byte[] bytes() {
    return Hex.decode(hex);
  }

  /** Written out, as every map of an engine asks it: what a record makes takes twice as long. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
