package io.ruche.sandbox.wire;

import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.nio.ByteBuffer;

/** One frame between pool and runner. */
public sealed interface Message {
  /** Pool to runner: run this; the runner answers with {@link Done} of the same number. */
  record Run(long number, RunRequest request) implements Message {}

  /** Pool to runner: stop that run if it still goes on. */
  record Cancel(long number) implements Message {}

  /**
   * Runner to pool, once: it can take work.
   *
   * @param engine what it runs modules with, for the owner; empty when it has not tried yet
   * @param isFast whether that is known to be native code
   */
  record Ready(String engine, boolean isFast) implements Message {}

  /** Runner to pool: the app of the run under way wrote this; bounded by the runner. */
  record Logged(LogStream stream, ByteBuffer bytes) implements Message {
    public Logged {
      bytes = bytes.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }
  }

  /**
   * Runner to pool: the run ended.
   *
   * @param isSpent the runner ends itself after this answer
   */
  record Done(long number, RunOutcome outcome, boolean isSpent) implements Message {}
}
