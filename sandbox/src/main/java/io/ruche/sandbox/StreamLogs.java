package io.ruche.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the two streams of a child process, each on a thread of its own: keeps and tells the first
 * bytes, counts the rest. A flood is read and thrown away, so that the app does not stand still.
 */
public final class StreamLogs {
  /** What is kept of each stream. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int CHUNK_BYTES = 16_384;

  private final RunListener listener;
  private final Map<LogStream, ByteArrayOutputStream> kept = new EnumMap<>(LogStream.class);
  private final List<Thread> readers;
  private long droppedBytes;

  /** Reads on until both streams end. */
  public StreamLogs(InputStream stdout, InputStream stderr, RunListener listener) {
    this.listener = listener;
    for (var stream : LogStream.values()) {
      kept.put(stream, new ByteArrayOutputStream());
    }
    readers = List.of(reader(LogStream.STDOUT, stdout), reader(LogStream.STDERR, stderr));
    readers.forEach(Thread::start);
  }

  private Thread reader(LogStream stream, InputStream in) {
    return Thread.ofPlatform().daemon().name("app-" + stream).unstarted(() -> drain(stream, in));
  }

  private void drain(LogStream stream, InputStream in) {
    var bytes = new byte[CHUNK_BYTES];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        append(stream, bytes, count);
      }
    } catch (IOException e) {
      // The process was killed; what came before is kept.
    }
  }

  private synchronized void append(LogStream stream, byte[] bytes, int count) {
    var log = kept.get(stream);
    if (log == null) {
      throw new IllegalStateException("no log of " + stream);
    }
    int room = Math.min(count, MAX_BYTES - log.size());
    droppedBytes += count - room;
    if (room > 0) {
      log.write(bytes, 0, room);
      listener.logged(stream, Arrays.copyOf(bytes, room));
    }
  }

  /** Waits for the ends of both streams, at most so long. */
  public void await(Duration time) throws InterruptedException {
    for (var reader : readers) {
      var _ = reader.join(time);
    }
  }

  /** What was kept until now. */
  public synchronized RunLogs logs() {
    return new RunLogs(text(LogStream.STDOUT), text(LogStream.STDERR), droppedBytes);
  }

  private String text(LogStream stream) {
    var log = kept.get(stream);
    return log == null ? "" : log.toString(StandardCharsets.UTF_8);
  }
}
