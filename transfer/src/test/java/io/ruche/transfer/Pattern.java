package io.ruche.transfer;

import java.io.ByteArrayOutputStream;

/**
 * The deterministic bytes of the test vectors: byte i is the low byte of i*31 + (i>>>8)*17 +
 * (i>>>16)*7.
 */
final class Pattern {
  private static final int BLOCK_BYTES = 100_003;

  interface Sink {
    void take(byte[] bytes, int count);
  }

  private Pattern() {}

  static byte[] bytes(int size) {
    var out = new ByteArrayOutputStream(size);
    feed(size, (bytes, count) -> out.write(bytes, 0, count));
    return out.toByteArray();
  }

  /** Hands out {@code size} bytes in blocks that do not fit the chunks. */
  static void feed(long size, Sink sink) {
    byte[] block = new byte[BLOCK_BYTES];
    for (long start = 0; start < size; start += BLOCK_BYTES) {
      int count = (int) Math.min(BLOCK_BYTES, size - start);
      for (int i = 0; i < count; i++) {
        long at = start + i;
        block[i] = (byte) (at * 31 + (at >>> 8) * 17 + (at >>> 16) * 7);
      }
      sink.take(block, count);
    }
  }
}
