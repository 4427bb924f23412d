package io.ruche.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** Lines of a stream that may stay open for long, each bounded. Used by one thread. */
final class LineReader {
  /** What a pool sends of a log in one line is far shorter. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private final InputStream stream;
  private final Duration silenceLimit;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean isSilent;

  /**
   * Reads the stream, and closes it when nothing came for so long: a connection that died without a
   * word would be waited for forever.
   */
  LineReader(InputStream stream, Duration silenceLimit) {
    this.stream = stream;
    this.silenceLimit = silenceLimit;
  }

  /**
   * Hands over each line that is not empty.
   *
   * @throws IOException also for a line that is cut off, too long, or does not come
   */
  void each(Consumer<String> lines) throws IOException {
    var watch = Thread.ofVirtual().start(this::closeWhenSilent);
    try {
      read(lines);
    } catch (IOException e) {
      throw isSilent ? new IOException("nothing came for " + silenceLimit, e) : e;
    } finally {
      watch.interrupt();
    }
  }

  private void read(Consumer<String> lines) throws IOException {
    var line = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      heardAt = System.nanoTime();
      for (int i = 0; i < count; i++) {
        if (buffer[i] != '\n') {
          line.write(buffer[i]);
        } else if (line.size() > 0) {
          lines.accept(line.toString(StandardCharsets.UTF_8));
          line.reset();
        }
      }
      if (line.size() > MAX_LINE_BYTES) {
        throw new IOException("a line is longer than %d bytes".formatted(MAX_LINE_BYTES));
      }
    }
    if (line.size() > 0) {
      throw new IOException("the last line is cut off");
    }
  }

  private void closeWhenSilent() {
    try {
      long left = silenceLimit.toNanos();
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
        left = silenceLimit.toNanos() - (System.nanoTime() - heardAt);
      }
      isSilent = true;
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It is closed all the same, and the reader is told.
    }
  }
}
