package io.ruche.agent.availability;

import io.ruche.core.RucheException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Stops the processes that this one started, and theirs, with SIGSTOP. The commands that read facts
 * are children too: {@link BoundedCommand} names them, and they are spared. Thread-safe.
 */
public final class RunnerProcesses implements Runs {
  private static final int MAX_SECONDS = 2;

  private final Supplier<Stream<ProcessHandle>> processes;
  private final Set<ProcessHandle> stopped = new LinkedHashSet<>();

  RunnerProcesses(Supplier<Stream<ProcessHandle>> processes) {
    this.processes = processes;
  }

  /** Those below this process. */
  public static RunnerProcesses ofThisProcess() {
    return new RunnerProcesses(() -> ProcessHandle.current().descendants());
  }

  @Override
  public synchronized void pause() {
    stopped.removeIf(process -> !process.isAlive());
    var running = processes
        .get()
        .filter(process -> !stopped.contains(process) && !BoundedCommand.isOurs(process))
        .toList();
    if (!running.isEmpty() && signal("STOP", running)) {
      stopped.addAll(running);
    }
  }

  @Override
  public synchronized void resume() {
    var alive = stopped.stream().filter(ProcessHandle::isAlive).toList();
    if (alive.isEmpty() || signal("CONT", alive)) {
      stopped.clear();
    }
  }

  /** One that has ended meanwhile makes it say no; the others have the signal. */
  private static boolean signal(String name, Iterable<ProcessHandle> processes) {
    var line = new StringBuilder("for pid in");
    processes.forEach(process -> line.append(' ').append(process.pid()));
    line.append("; do kill -").append(name).append(" $pid; done; true");
    try {
      new BoundedCommand(MAX_SECONDS).run("/bin/sh", "-c", line.toString());
      return true;
    } catch (RucheException e) {
      return false;
    }
  }
}
