package io.ruche.sandbox.nativeapp;

import io.ruche.core.FailureCode;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunLogs;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.StreamLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One started program: waits, watches what no limit of the kernel covers, and says how it ended.
 */
final class NativeRun {
  private static final Duration FIRST_LOOK = Duration.ofMillis(50);

  /** The watch may cost at most a twentieth of a processor. */
  private static final int LOOK_SHARE = 20;

  /** How long the kernel may take to end a killed process tree. */
  private static final Duration END_TIME = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofNanos(200_000);
  private static final int SIGNAL_BASE = 128;
  private static final int MAX_SIGNAL = 64;
  private static final int CPU_TIME_SIGNAL = 24;
  private static final int FILE_SIZE_SIGNAL = 25;
  private static final int NO_NUMBER = -1;
  private static final long MIB = 1L << 20;
  private static final Pattern CHILD = Pattern.compile("\"child-pid\": ([0-9]+)");
  private static final Pattern EXIT = Pattern.compile("\"exit-code\": ([0-9]+)");

  private final Process process;
  private final RunRequest request;
  private final Limits limits;
  private final Path status;
  private final ResourceGroup group;
  private final OutputFolder output;
  private final RunProcesses processes;
  private final StreamLogs logs;
  private volatile RunOutcome.@Nullable Failed stopped;

  NativeRun(
      Process process,
      RunRequest request,
      Limits limits,
      Path status,
      ResourceGroup group,
      RunListener listener) {
    this.process = process;
    this.request = request;
    this.limits = limits;
    this.status = status;
    this.group = group;
    this.output = new OutputFolder(request.output(), request.limits());
    this.processes = new RunProcesses(process.toHandle());
    this.logs = new StreamLogs(process.getInputStream(), process.getErrorStream(), listener);
  }

  /**
   * What is watched.
   *
   * @param minFreeBytes the run is stopped when the disk of its output has less left
   * @param lifted guards that tests took away
   */
  record Limits(long minFreeBytes, Set<Guard> lifted) {}

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Any thread may stop a run; the first reason stays. */
  synchronized void stop(FailureCode code, String detail) {
    if (stopped == null) {
      stopped = RunOutcome.failed(code, detail);
    }
    process.destroyForcibly();
  }

  /** Waits to the end; afterwards no process of the run is left. */
  RunOutcome await(RunClock clock) throws InterruptedException {
    try {
      watch(clock);
      awaitTree();
      logs.await(END_TIME);
    } catch (InterruptedException e) {
      stop(FailureCode.TIMEOUT, "the run was cancelled");
      awaitTree();
      throw e;
    }
    return outcome();
  }

  private void watch(RunClock clock) throws InterruptedException {
    long deadline = clock.deadlineAfter(request.limits().runTime());
    long pauseNanos = FIRST_LOOK.toNanos();
    while (true) {
      long leftNanos = Math.max(1, clock.patience(deadline).toNanos());
      if (process.waitFor(Math.min(pauseNanos, leftNanos), TimeUnit.NANOSECONDS)) {
        return;
      }
      if (!clock.left(deadline).isPositive()) {
        stop(
            FailureCode.TIMEOUT,
            "the app ran longer than %d ms".formatted(request.limits().runTime().toMillis()));
      }
      long started = System.nanoTime();
      look();
      pauseNanos = Math.max(FIRST_LOOK.toNanos(), LOOK_SHARE * (System.nanoTime() - started));
    }
  }

  private void look() {
    if (!limits.lifted().contains(Guard.OUTPUT)) {
      var measure = output.measure();
      if (output.isOver(measure, processes.deletedBytes(request.output()))) {
        stop(
            FailureCode.OUTPUT_LIMIT,
            "expected at most %d files and %d bytes of output"
                .formatted(request.limits().outputFiles(), request.limits().outputBytes()));
      }
      long free = request.output().toFile().getUsableSpace();
      if (free < limits.minFreeBytes()) {
        stop(FailureCode.INFRASTRUCTURE, "the disk has only %d MiB left".formatted(free / MIB));
      }
    }
    if (!group.limitsMemory() && !limits.lifted().contains(Guard.MEMORY)) {
      long memoryBytes = processes.memoryBytes();
      if (memoryBytes > request.limits().memoryMiB() * MIB) {
        stop(FailureCode.CRASH, "all processes used %d MiB".formatted(memoryBytes / MIB));
      }
    }
  }

  /** The first process of the tree ends only after the kernel has ended all others in it. */
  private void awaitTree() {
    long deadline = System.nanoTime() + END_TIME.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    long first = number(CHILD);
    while (first != NO_NUMBER
        && !limits.lifted().contains(Guard.PROCESSES)
        && RunProcesses.isRunning(first)) {
      if (System.nanoTime() > deadline) {
        stop(FailureCode.INFRASTRUCTURE, "the run's processes did not end");
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private RunOutcome outcome() {
    var kept = logs.logs();
    var reason = stopped;
    if (reason != null) {
      return new RunOutcome.Failed(reason.code(), 0, reason.detail(), kept);
    }
    if (group.hasRunOutOfMemory()) {
      return new RunOutcome.Failed(
          FailureCode.MEMORY,
          0,
          "the app needs more than %d MiB".formatted(request.limits().memoryMiB()),
          kept);
    }
    int exitCode = (int) number(EXIT);
    return switch (exitCode) {
      case NO_NUMBER ->
        failed(FailureCode.INFRASTRUCTURE, "bubblewrap failed: " + kept.stderr().strip(), kept);
      case 0 -> new RunOutcome.Finished(kept);
      case SIGNAL_BASE + CPU_TIME_SIGNAL ->
        failed(FailureCode.TIMEOUT, "the app used up its processor time", kept);
      case SIGNAL_BASE + FILE_SIZE_SIGNAL ->
        failed(FailureCode.OUTPUT_LIMIT, "the app wrote a file over the limit", kept);
      default -> exited(exitCode, kept);
    };
  }

  /** A crash of a native program may be the machine's: only others can tell. */
  private static RunOutcome exited(int exitCode, RunLogs kept) {
    int signal = exitCode - SIGNAL_BASE;
    return signal > 0 && signal <= MAX_SIGNAL
        ? failed(FailureCode.CRASH, "the app was ended by signal " + signal, kept)
        : new RunOutcome.Failed(
            FailureCode.EXIT, exitCode, "the app ended with exit code " + exitCode, kept);
  }

  private static RunOutcome failed(FailureCode code, String detail, RunLogs kept) {
    return new RunOutcome.Failed(code, 0, detail, kept);
  }

  private long number(Pattern pattern) {
    try {
      var matcher = pattern.matcher(Files.readString(status));
      return matcher.find() ? Long.parseLong(matcher.group(1)) : NO_NUMBER;
    } catch (IOException e) {
      return NO_NUMBER;
    }
  }
}
