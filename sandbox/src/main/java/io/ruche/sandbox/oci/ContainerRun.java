package io.ruche.sandbox.oci;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.LogStream;
import io.ruche.sandbox.OutputCheck;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One container from its start to its removal. The engine's client stays attached to read what the
 * app writes; how it ended is asked of the engine, for the client's exit code may be either's.
 */
final class ContainerRun {
  static final int MAX_LOG_BYTES = 1 << 20;

  /** Least free disk space beside a running app. */
  static final long DISK_RESERVE_BYTES = 128L << 20;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final long DRAIN_MILLIS = 2_000;
  private static final int FIRST_DOUBTFUL_CODE = 125;

  private final EngineCalls calls;
  private final RunRequest request;
  private final String name;
  private final Set<Guard> lifted;

  ContainerRun(EngineCalls calls, RunRequest request, String name, Set<Guard> lifted) {
    this.calls = calls;
    this.request = request;
    this.name = name;
    this.lifted = lifted;
  }

  /** How the engine says that a container ended. */
  private record State(String status, int exitCode, boolean isOutOfMemory, String error) {
    boolean hasRun() {
      return status.equals("exited") || status.equals("stopped");
    }
  }

  /** Runs to the end, a limit or an interrupt; afterwards the container is gone. */
  RunOutcome run(List<String> arguments, RunListener listener, RunClock clock)
      throws InterruptedException {
    Process client;
    try {
      client = calls.start(arguments);
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the engine does not start: " + e);
    }
    var out = tap(client, LogStream.STDOUT, listener);
    var error = tap(client, LogStream.STDERR, listener);
    RunOutcome.@Nullable Failed stopped;
    try {
      stopped = watch(client, clock);
      if (stopped == null) {
        out.await(DRAIN_MILLIS);
        error.await(DRAIN_MILLIS);
        return ended(client.exitValue(), logs(out, error));
      }
    } finally {
      end(client);
    }
    out.await(DRAIN_MILLIS);
    error.await(DRAIN_MILLIS);
    return new RunOutcome.Failed(stopped.code(), 0, stopped.detail(), logs(out, error));
  }

  private StreamTap tap(Process client, LogStream stream, RunListener listener) {
    var in = stream == LogStream.STDOUT ? client.getInputStream() : client.getErrorStream();
    return new StreamTap(in, MAX_LOG_BYTES, bytes -> {
      synchronized (this) {
        listener.logged(stream, bytes);
      }
    });
  }

  private static RunLogs logs(StreamTap out, StreamTap error) {
    return new RunLogs(out.text(), error.text(), out.droppedBytes() + error.droppedBytes());
  }

  /** Null when the container ended by itself. */
  private RunOutcome.@Nullable Failed watch(Process client, RunClock clock)
      throws InterruptedException {
    var runTime = request.limits().runTime();
    long deadline = clock.deadlineAfter(runTime);
    while (!client.waitFor(patience(clock, deadline).toNanos(), TimeUnit.NANOSECONDS)) {
      if (!clock.left(deadline).isPositive()) {
        return RunOutcome.failed(
            FailureCode.TIMEOUT, "the app ran longer than %d ms".formatted(runTime.toMillis()));
      }
      var tooMuch = lifted.contains(Guard.DISK_WATCH) ? null : tooMuchOnDisk();
      if (tooMuch != null) {
        return tooMuch;
      }
    }
    return null;
  }

  private static Duration patience(RunClock clock, long deadline) {
    var patience = clock.patience(deadline);
    return patience.compareTo(LOOK_AGAIN) < 0 ? patience : LOOK_AGAIN;
  }

  private RunOutcome.@Nullable Failed tooMuchOnDisk() {
    var failure = OutputCheck.check(request.output(), request.limits()).orElse(null);
    if (failure != null && failure.code() == FailureCode.OUTPUT_LIMIT) {
      return failure;
    }
    try {
      long free = Files.getFileStore(request.output()).getUsableSpace();
      return free >= DISK_RESERVE_BYTES
          ? null
          : RunOutcome.failed(
              FailureCode.INFRASTRUCTURE, "the disk ran full: %d bytes are left".formatted(free));
    } catch (IOException e) {
      return RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the disk cannot be read: " + e);
    }
  }

  private RunOutcome ended(int clientCode, RunLogs logs) throws InterruptedException {
    if (clientCode == 0) {
      return new RunOutcome.Finished(logs);
    }
    var state = state();
    if (state == null || !state.hasRun()) {
      return notStarted(clientCode, state, logs);
    }
    if (state.isOutOfMemory()) {
      var detail =
          "the app needs more than %d MiB of memory".formatted(request.limits().memoryMiB());
      return new RunOutcome.Failed(FailureCode.MEMORY, 0, detail, logs);
    }
    var overLimit = OutputCheck.check(request.output(), request.limits()).orElse(null);
    if (overLimit != null
        && overLimit.code() == FailureCode.OUTPUT_LIMIT
        && !lifted.contains(Guard.OUTPUT_CHECK)) {
      return new RunOutcome.Failed(overLimit.code(), 0, overLimit.detail(), logs);
    }
    int code = state.exitCode();
    if (code == 0) {
      return new RunOutcome.Finished(logs);
    }
    if (code == KILLED) {
      return new RunOutcome.Failed(FailureCode.CRASH, 0, "the app was killed", logs);
    }
    return new RunOutcome.Failed(
        FailureCode.EXIT, code, "the app ended with exit code " + code, logs);
  }

  private static final int KILLED = 137;

  private @Nullable State state() throws InterruptedException {
    var format = "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Error}}";
    var answer = calls.call(List.of("container", "inspect", "--format", format, name));
    var words = answer.out().strip().split(" ", 4);
    if (!answer.isGood() || words.length < 3) {
      return null;
    }
    var error = words.length == 4 ? words[3] : "";
    return new State(words[0], Integer.parseInt(words[1]), words[2].equals("true"), error);
  }

  /** The engine's own words are the end of what looks like the app's error stream. */
  private static RunOutcome notStarted(int clientCode, @Nullable State state, RunLogs logs) {
    var words = state != null && !state.error().isBlank() ? state.error() : logs.stderr();
    var why = words.strip().lines().reduce((first, last) -> last).orElse("no reason given");
    boolean isImage = clientCode > FIRST_DOUBTFUL_CODE && clientCode < KILLED;
    return isImage
        ? RunOutcome.failed(
            FailureCode.UNSUPPORTED, "the image's program cannot be started: " + why)
        : RunOutcome.failed(FailureCode.INFRASTRUCTURE, "the container did not start: " + why);
  }

  /**
   * A client that is killed between the making of a container and its start leaves a process that
   * the engine does not know. So the container goes first, for which the engine waits until the
   * client is past that; and once more, for it may not have been made yet.
   */
  private void end(Process client) {
    if (client.isAlive()) {
      remove();
      client.destroyForcibly();
    }
    remove();
  }

  private void remove() {
    calls.must(calls.engine().removal(name));
  }
}
