package io.ruche.core;

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

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
