package io.ruche.sandbox.oci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a child's stream to its end on a thread of its own, keeps the first bytes and drops the
 * rest, so that the child never waits and a flood costs nothing.
 */
final class StreamTap {
  private static final int CHUNK = 16_384;

  private final InputStream in;
  private final int maxBytes;
  private final Consumer<byte[]> listener;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;
  private long dropped;

  StreamTap(InputStream in, int maxBytes, Consumer<byte[]> listener) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.listener = listener;
    this.reader = Thread.ofVirtual().name("container-output").start(this::drain);
  }

  private void drain() {
    var bytes = new byte[CHUNK];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        append(bytes, count);
      }
    } catch (IOException e) {
      append(new byte[0], 0); // the child was killed: what came before is what there is
    }
  }

  private void append(byte[] bytes, int count) {
    int room;
    synchronized (this) {
      room = Math.min(count, maxBytes - kept.size());
      kept.write(bytes, 0, room);
      dropped += count - room;
    }
    if (room > 0) {
      listener.accept(Arrays.copyOf(bytes, room));
    }
  }

  /** Waits, but not for ever, until the stream has ended. */
  void await(long maxMillis) throws InterruptedException {
    reader.join(maxMillis);
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  synchronized long droppedBytes() {
    return dropped;
  }
}
