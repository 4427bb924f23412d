package io.ruche.sandbox.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Drains a child's error stream on a thread of its own and keeps its last bytes. */
final class StderrTail {
  static final int MAX_BYTES = 2_048;

  private final InputStream in;
  private String tail = "";

  StderrTail(InputStream in, long pid) {
    this.in = in;
    Thread.ofPlatform().daemon().name("runner-" + pid + "-stderr").start(this::drain);
  }

  private void drain() {
    var bytes = new byte[MAX_BYTES];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      append(" (" + e.getMessage() + ")");
    }
  }

  private synchronized void append(String text) {
    var all = tail + text;
    tail = all.substring(Math.max(0, all.length() - MAX_BYTES));
  }

  synchronized String text() {
    return tail.strip();
  }
}
