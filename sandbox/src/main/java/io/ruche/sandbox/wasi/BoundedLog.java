package io.ruche.sandbox.wasi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the first bytes of a guest's output stream and counts the rest, so a flood costs nothing.
 */
public final class BoundedLog {
  private final int maxBytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long dropped;

  public BoundedLog(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void append(byte[] bytes, int length) {
    int room = Math.min(length, maxBytes - kept.size());
    kept.write(bytes, 0, room);
    dropped += length - room;
  }

  /** Bytes that came after the log was full. */
  public long droppedBytes() {
    return dropped;
  }

  public String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
