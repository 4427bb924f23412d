package io.ruche.core;

/** Digest of a result, the value a worker commits to and reveals (rule: {@link ResultDigest}). */
public final class Digest extends Bytes32 implements Comparable<Digest> {
  private static final String WHAT = "result digest";

  public Digest(String hex) {
    super(hex, WHAT);
  }

  private Digest(byte[] bytes) {
    super(bytes, WHAT);
  }

  public static Digest of(byte[] bytes) {
    return new Digest(bytes);
  }

  @Override
  public int compareTo(Digest other) {
    return compare(other);
  }
}
