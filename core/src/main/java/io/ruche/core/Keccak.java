package io.ruche.core;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (not the later SHA3-256). */
public final class Keccak {
  private Keccak() {}

  /** Hash of the parts, one after the other. */
  public static byte[] hash(byte[]... parts) {
    var digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }

  public static byte[] hashText(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
