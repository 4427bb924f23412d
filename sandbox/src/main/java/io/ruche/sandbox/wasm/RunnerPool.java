package io.ruche.sandbox.wasm;

import io.ruche.core.RucheException;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.OutputCheck;
import io.ruche.sandbox.PausedProcesses;
import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.Sandbox;
import io.ruche.sandbox.wasm.EngineSettings.Choice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs WASM modules in warm child processes. Thread-safe; a call beyond the number of runners
 * waits. Processes are replaced when they die, are killed, or have run
 * {@link RunnerProcess#MAX_RUNS} apps.
 */
public final class RunnerPool implements Sandbox {
  private final RunnerSettings settings;
  private final RunnerLauncher launcher;
  private final Semaphore permits;
  private final Deque<RunnerProcess> idle = new ArrayDeque<>();
  private final Set<RunnerProcess> busy = new HashSet<>();
  private final RunClock clock;
  private final PausedProcesses paused = new PausedProcesses(this::processes);

  private boolean isClosed;

  private RunnerPool(RunnerSettings settings, RunClock clock) {
    this.settings = settings;
    this.clock = clock;
    this.launcher = new RunnerLauncher(settings, this::dismissIdle);
    this.permits = new Semaphore(settings.runners(), true);
  }

  /**
   * Starts a pool with one warm runner.
   *
   * @throws RucheException {@code RUNNER_NOT_STARTED} when no runner comes up as the settings ask
   */
  public static RunnerPool start(RunnerSettings settings) throws InterruptedException {
    return start(settings, new RunClock());
  }

  static RunnerPool start(RunnerSettings settings, RunClock clock) throws InterruptedException {
    var pool = new RunnerPool(settings, clock);
    try {
      pool.idle.add(pool.launcher.first());
      pool.launcher.beginTrial();
      if (settings.engines().choice() == Choice.WASMTIME) {
        pool.awaitIsolation();
      }
      return pool;
    } catch (RucheException | InterruptedException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public Isolation isolation() {
    return launcher.isolation();
  }

  /** Process ids of the runners that wait for work. */
  public synchronized List<Long> idleRunners() {
    return idle.stream().map(RunnerProcess::pid).toList();
  }

  @Override
  public RunOutcome run(RunRequest request, RunListener listener) throws InterruptedException {
    requireInside(request);
    permits.acquire();
    try {
      var runner = take();
      try {
        return OutputCheck.checked(runner.run(request, listener, clock), request);
      } finally {
        giveBack(runner);
      }
    } finally {
      permits.release();
    }
  }

  /**
   * A run on a machine without signals goes on, but its clock stands and nothing new is given to
   * it.
   */
  @Override
  public void pause() {
    clock.pause();
    var _ = paused.pause();
  }

  @Override
  public void resume() {
    paused.resume();
    clock.resume();
  }

  private synchronized Stream<ProcessHandle> processes() {
    return busy.stream().map(RunnerProcess::handle).toList().stream();
  }

  private void requireInside(RunRequest request) {
    for (var folder : List.of(request.input(), request.output())) {
      if (!folder.startsWith(settings.tasksRoot())) {
        throw new IllegalArgumentException("expected the run's folders under %s, found %s"
            .formatted(settings.tasksRoot(), folder));
      }
    }
    if (request.limits().memoryMiB() > settings.maxMemoryMiB()) {
      throw new IllegalArgumentException("expected a memory limit of at most %d MiB, found %d"
          .formatted(settings.maxMemoryMiB(), request.limits().memoryMiB()));
    }
  }

  /** They would still try what failed. */
  private synchronized void dismissIdle() {
    idle.forEach(RunnerProcess::close);
    idle.clear();
  }

  /** No run meets an engine that was not tried out. */
  private RunnerProcess take() throws InterruptedException {
    awaitIsolation();
    var waiting = takeIdle();
    var runner = waiting != null ? waiting : launcher.another();
    synchronized (this) {
      busy.add(runner);
      if (isClosed) {
        runner.close();
      }
    }
    if (clock.isPaused()) {
      var _ = paused.pause();
    }
    return runner;
  }

  private synchronized @Nullable RunnerProcess takeIdle() {
    while (!idle.isEmpty()) {
      var runner = idle.pop();
      if (runner.isUsable()) {
        return runner;
      }
      runner.close();
    }
    return null;
  }

  private synchronized void giveBack(RunnerProcess runner) {
    busy.remove(runner);
    if (runner.isUsable() && !isClosed) {
      idle.push(runner);
    } else {
      runner.close();
    }
  }

  /**
   * Waits until it is known which engine runs modules.
   *
   * @throws RucheException {@code RUNNER_NOT_STARTED} when it is not what the settings ask for
   */
  public Isolation awaitIsolation() throws InterruptedException {
    return launcher.awaitIsolation();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    busy.forEach(RunnerProcess::close);
    dismissIdle();
    launcher.close();
  }
}
