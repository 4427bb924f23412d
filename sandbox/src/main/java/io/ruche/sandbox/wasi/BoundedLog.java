package io.ruche.sandbox.wasi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Keeps the first bytes of a guest's output stream and counts the rest, so a flood costs nothing.
 */
public final class BoundedLog {
  private final int maxBytes;
  private final Consumer<byte[]> listener;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long dropped;

  /**
   * An empty log.
   *
   * @param listener told of what is kept
   */
  public BoundedLog(int maxBytes, Consumer<byte[]> listener) {
    this.maxBytes = maxBytes;
    this.listener = listener;
  }

  /** One thread appends; others may look. */
  void append(byte[] bytes, int length) {
    int room = keep(bytes, length);
    if (room > 0) {
      listener.accept(Arrays.copyOf(bytes, room));
    }
  }

  private synchronized int keep(byte[] bytes, int length) {
    int room = Math.min(length, maxBytes - kept.size());
    kept.write(bytes, 0, room);
    dropped += length - room;
    return room;
  }

  /** Bytes that came after the log was full. */
  public synchronized long droppedBytes() {
    return dropped;
  }

  public synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
