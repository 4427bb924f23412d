package io.ruche.sandbox;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Stops processes and all that they started with SIGSTOP, and continues them. Thread-safe. Where
 * there are no signals, nothing is stopped and {@link #pause} says so by its answer.
 */
public final class PausedProcesses {
  private static final int MAX_SECONDS = 2;

  private final Supplier<Stream<ProcessHandle>> roots;
  private final String shell;
  private final Set<ProcessHandle> stopped = new LinkedHashSet<>();

  /**
   * Nothing is stopped yet.
   *
   * @param roots those to stop, as they are at the moment
   */
  public PausedProcesses(Supplier<Stream<ProcessHandle>> roots) {
    this(roots, "/bin/sh");
  }

  PausedProcesses(Supplier<Stream<ProcessHandle>> roots, String shell) {
    this.roots = roots;
    this.shell = shell;
  }

  /** Stops those that run, and returns whether all of them now stand. */
  public synchronized boolean pause() {
    stopped.removeIf(process -> !process.isAlive());
    var running = roots
        .get()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .filter(process -> !stopped.contains(process))
        .toList();
    if (running.isEmpty()) {
      return true;
    }
    boolean hasStopped = signal("STOP", running);
    if (hasStopped) {
      stopped.addAll(running);
    }
    return hasStopped;
  }

  public synchronized void resume() {
    var alive = stopped.stream().filter(ProcessHandle::isAlive).toList();
    if (alive.isEmpty() || signal("CONT", alive)) {
      stopped.clear();
    }
  }

  /** One that has ended meanwhile makes kill say no; the others have the signal. */
  private boolean signal(String name, Collection<ProcessHandle> processes) {
    var line = new StringBuilder("for pid in");
    processes.forEach(process -> line.append(' ').append(process.pid()));
    line.append("; do kill -").append(name).append(" $pid; done 2>/dev/null; true");
    try {
      var process = new ProcessBuilder(shell, "-c", line.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return hasEnded(process);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }
}
