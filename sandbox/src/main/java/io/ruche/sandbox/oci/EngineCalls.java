package io.ruche.sandbox.oci;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Calls the engine's program and reads its answers. Any thread may call. */
final class EngineCalls {
  static final Duration SHORT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER_BYTES = 65_536;
  private static final int LOOK_MILLIS = 200;

  private final ContainerEngine engine;

  /** How a call ended; the exit code is {@link #NONE} when it was stopped or never began. */
  record Answer(int exitCode, String out, String error) {
    static final int NONE = -1;

    boolean isGood() {
      return exitCode == 0;
    }

    /** The engine's last words, for people. */
    String why() {
      var text = error.isBlank() ? out : error;
      var lines = text.strip().lines().toList();
      return lines.isEmpty() ? "exit code " + exitCode : lines.getLast();
    }
  }

  EngineCalls(ContainerEngine engine) {
    this.engine = engine;
  }

  ContainerEngine engine() {
    return engine;
  }

  Process start(List<String> arguments) throws IOException {
    var command = new ArrayList<>(engine.program());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(engine.environment());
    return builder.start();
  }

  /** A call that is made to its end though the thread be interrupted: to clean up. */
  Answer must(List<String> arguments) {
    boolean isInterrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return call(arguments, SHORT, () -> true);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Answer call(List<String> arguments) throws InterruptedException {
    return call(arguments, SHORT, () -> true);
  }

  /**
   * A call that is killed at its time limit, when the caller is interrupted, or when it may not go
   * on. An engine that is killed leaves its store mounted; the next call that comes to its own end
   * undoes that, so one follows at once.
   */
  Answer call(List<String> arguments, Duration limit, BooleanSupplier mayGoOn)
      throws InterruptedException {
    Process process;
    try {
      process = start(arguments);
    } catch (IOException e) {
      return new Answer(Answer.NONE, "", String.valueOf(e.getMessage()));
    }
    try {
      return answer(process, arguments.getFirst(), limit, mayGoOn);
    } finally {
      if (process.isAlive()) {
        kill(process);
        afterKill();
      }
    }
  }

  private static Answer answer(
      Process process, String what, Duration limit, BooleanSupplier mayGoOn)
      throws InterruptedException {
    var out = new StreamTap(process.getInputStream(), MAX_ANSWER_BYTES, bytes -> {});
    var error = new StreamTap(process.getErrorStream(), MAX_ANSWER_BYTES, bytes -> {});
    long end = System.nanoTime() + limit.toNanos();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > end) {
        return stopped("%s took longer than %d s".formatted(what, limit.toSeconds()));
      }
      if (!mayGoOn.getAsBoolean()) {
        return stopped(what + " was stopped");
      }
    }
    out.await(SHORT.toMillis());
    error.await(SHORT.toMillis());
    return new Answer(process.exitValue(), out.text(), error.text());
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void afterKill() {
    boolean isInterrupted = Thread.interrupted();
    try {
      var next = start(engine.info());
      try {
        var _ = next.waitFor(SHORT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        isInterrupted = true;
      } finally {
        kill(next);
      }
    } catch (IOException e) {
      // Then there is nothing that could be called.
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Answer stopped(String why) {
    return new Answer(Answer.NONE, "", why);
  }
}
