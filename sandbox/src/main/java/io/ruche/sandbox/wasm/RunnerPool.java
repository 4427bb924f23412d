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
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
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
  private final RunnerCommand command;

  /** Changed by the trial only. */
  private volatile FastLane lane;

  private final Semaphore permits;
  private final Deque<RunnerProcess> idle = new ArrayDeque<>();
  private final Set<RunnerProcess> busy = new HashSet<>();
  private final RunClock clock;
  private final PausedProcesses paused = new PausedProcesses(this::processes);

  /**
   * The only thread that starts processes; it lives as long as the pool, see
   * {@link RunnerProcess#start}.
   */
  private final ExecutorService launcher = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("runner-launcher").factory());

  private Isolation isolation = new Isolation.Plain("no runner was started yet");
  private boolean isClosed;
  private final FutureTask<Isolation> trial = new FutureTask<>(this::tryFastLane);

  private RunnerPool(RunnerSettings settings, RunClock clock) {
    this.settings = settings;
    this.clock = clock;
    this.command = new RunnerCommand(settings);
    this.lane = FastLane.find(settings.engines());
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
      pool.idle.add(pool.launch(pool::firstRunner));
      pool.beginTrial();
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
  public synchronized Isolation isolation() {
    return isolation;
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
    var runner = waiting != null ? waiting : launch(() -> start(isolation()));
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

  private void beginTrial() {
    launcher.execute(trial);
  }

  /**
   * Waits until it is known which engine runs modules.
   *
   * @throws RucheException {@code RUNNER_NOT_STARTED} when it is not what the settings ask for
   */
  public Isolation awaitIsolation() throws InterruptedException {
    return result(trial);
  }

  private RunnerProcess launch(Callable<RunnerProcess> start) throws InterruptedException {
    var starting = new FutureTask<>(start);
    try {
      launcher.execute(starting);
    } catch (RejectedExecutionException e) {
      throw closed(e);
    }
    return result(starting);
  }

  private static RucheException closed(RuntimeException cause) {
    return new RucheException("SANDBOX_CLOSED", "the sandbox was closed", "", true, cause);
  }

  private static <T> T result(FutureTask<T> starting) throws InterruptedException {
    try {
      return starting.get();
    } catch (CancellationException e) {
      throw closed(e);
    } catch (ExecutionException e) {
      throw new RucheException(
          "RUNNER_NOT_STARTED",
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          "Check that this Java runs, and that bubblewrap works or is not required.",
          true,
          e);
    } catch (InterruptedException e) {
      starting.cancel(true);
      throw e;
    }
  }

  private RunnerProcess firstRunner() throws IOException, InterruptedException {
    var found = RunnerCommand.findBubblewrap();
    if (settings.bubblewrap() == Bubblewrap.NEVER) {
      return startWithout("switched off by the settings");
    }
    if (found.isEmpty()) {
      return startWithout("bubblewrap (bwrap) is not installed");
    }
    var program = found.get().toString();
    try {
      return start(remember(new Isolation.Wrapped(program, EngineTrials.text(lane))));
    } catch (IOException e) {
      return startWithout("bubblewrap does not work here: " + e.getMessage());
    }
  }

  private RunnerProcess startWithout(String reason) throws IOException, InterruptedException {
    if (settings.bubblewrap() == Bubblewrap.REQUIRED) {
      throw new IOException(reason);
    }
    if (settings.engines().choice() == Choice.WASMTIME) {
      throw new IOException("wasmtime runs only inside bubblewrap: " + reason);
    }
    return start(remember(new Isolation.Plain(reason)));
  }

  private synchronized Isolation remember(Isolation found) {
    isolation = found;
    return found;
  }

  private RunnerProcess start(Isolation how) throws IOException, InterruptedException {
    return switch (how) {
      case Isolation.Wrapped wrapped ->
        RunnerProcess.start(command.wrapped(Path.of(wrapped.program()), lane));
      case Isolation.Plain _ -> RunnerProcess.start(command.plain());
      case Isolation.Contained other -> throw new IllegalStateException("no runner is " + other);
      case Isolation.Confined other -> throw new IllegalStateException("no runner is " + other);
    };
  }

  /** Tries the fast lane in a process of its own, so that a waiting runner stays small. */
  private Isolation tryFastLane() throws IOException, InterruptedException {
    if (isolation() instanceof Isolation.Wrapped(var program, var _) && !lane.isEmpty()) {
      lane = EngineTrials.tried(command.trial(Path.of(program), lane), lane);
      if (lane.isEmpty()) {
        dismissIdle();
      }
      remember(new Isolation.Wrapped(program, EngineTrials.text(lane)));
    }
    if (settings.engines().choice() == Choice.WASMTIME && lane.isEmpty()) {
      throw new IOException("the settings ask for wasmtime, found " + isolation());
    }
    return isolation();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    busy.forEach(RunnerProcess::close);
    dismissIdle();
    trial.cancel(true);
    launcher.shutdownNow();
  }
}
