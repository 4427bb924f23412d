package io.ruche.sandbox.wasi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random bytes that follow from the seed alone: block {@code i} is sha256 of the seed's UTF-8
 * bytes, a zero byte and {@code i} as uint64. Every conforming worker draws the same bytes. Not
 * secret.
 */
final class SeededRandom {
  private final byte[] seed;
  private final MessageDigest sha256;
  private byte[] block = new byte[0];
  private int used;
  private long blocks;

  SeededRandom(String seed) {
    this.seed = seed.getBytes(StandardCharsets.UTF_8);
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  void fill(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (used == block.length) {
        nextBlock();
      }
      bytes[i] = block[used++];
    }
  }

  private void nextBlock() {
    sha256.update(seed);
    sha256.update((byte) 0);
    block = sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(blocks++).array());
    used = 0;
  }
}
