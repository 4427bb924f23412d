package io.ruche.sandbox.wasm;

import io.ruche.core.RucheException;
import io.ruche.sandbox.Isolation;
import io.ruche.sandbox.wasm.EngineSettings.Choice;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Finds out how runners can be started here, and starts them. Thread-safe. */
final class RunnerLauncher implements AutoCloseable {
  private final RunnerSettings settings;
  private final RunnerCommand command;
  private final Runnable laneLost;

  /** Changed by the trial only. */
  private volatile FastLane lane;

  /**
   * The only thread that starts processes; it lives as long as the pool, see
   * {@link RunnerProcess#start}.
   */
  private final ExecutorService thread = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("runner-launcher").factory());

  private final FutureTask<Isolation> trial = new FutureTask<>(this::tryFastLane);
  private Isolation isolation = new Isolation.Plain("no runner was started yet");

  /**
   * Nothing is started yet.
   *
   * @param laneLost told when the fast lane failed its trial, which idle runners would still try
   */
  RunnerLauncher(RunnerSettings settings, Runnable laneLost) {
    this.settings = settings;
    this.command = new RunnerCommand(settings);
    this.laneLost = laneLost;
    this.lane = FastLane.find(settings.engines());
  }

  synchronized Isolation isolation() {
    return isolation;
  }

  /**
   * The first runner, after which it is known what wraps all of them.
   *
   * @throws RucheException {@code RUNNER_NOT_STARTED} when none comes up as the settings ask
   */
  RunnerProcess first() throws InterruptedException {
    return launch(this::firstRunner);
  }

  /** One more, as the first and the trial found that they can be started. */
  RunnerProcess another() throws InterruptedException {
    return launch(() -> start(isolation()));
  }

  void beginTrial() {
    thread.execute(trial);
  }

  /**
   * Waits until it is known which engine runs modules.
   *
   * @throws RucheException {@code RUNNER_NOT_STARTED} when it is not what the settings ask for
   */
  Isolation awaitIsolation() throws InterruptedException {
    return result(trial);
  }

  private RunnerProcess launch(Callable<RunnerProcess> start) throws InterruptedException {
    var starting = new FutureTask<>(start);
    try {
      thread.execute(starting);
    } catch (RejectedExecutionException e) {
      throw closed(e);
    }
    try {
      return result(starting);
    } catch (InterruptedException e) {
      starting.cancel(true);
      throw e;
    }
  }

  private static RucheException closed(RuntimeException cause) {
    return new RucheException("SANDBOX_CLOSED", "the sandbox was closed", "", true, cause);
  }

  private static <T> T result(FutureTask<T> task) throws InterruptedException {
    try {
      return task.get();
    } catch (CancellationException e) {
      throw closed(e);
    } catch (ExecutionException e) {
      throw new RucheException(
          "RUNNER_NOT_STARTED",
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          "Check that this Java runs, and that bubblewrap works or is not required.",
          true,
          e);
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
        laneLost.run();
      }
      remember(new Isolation.Wrapped(program, EngineTrials.text(lane)));
    }
    if (settings.engines().choice() == Choice.WASMTIME && lane.isEmpty()) {
      throw new IOException("the settings ask for wasmtime, found " + isolation());
    }
    return isolation();
  }

  @Override
  public void close() {
    trial.cancel(true);
    thread.shutdownNow();
  }
}
