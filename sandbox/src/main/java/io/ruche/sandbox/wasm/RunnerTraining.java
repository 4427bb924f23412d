package io.ruche.sandbox.wasm;

import io.ruche.sandbox.RunClock;
import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes the file of loaded classes that {@link RunnerSettings#cache} names. Java takes it only for
 * the same jars at the same places, so it belongs to one build.
 */
public final class RunnerTraining {
  /** So many that the runner changes the engine, as it does for a module whose runs are short. */
  private static final int RUNS = 300;

  private static final Duration END_TIME = Duration.ofSeconds(60);
  private static final String PART = "runner.aot";

  private RunnerTraining() {}

  /**
   * A runner of its own runs the request again and again, and writes the file as it ends.
   *
   * @param request a short run that succeeds
   * @param file where the file is put
   * @return false where there is no bubblewrap, so that runners are started in another way
   * @throws IOException when the runner does not do it
   */
  public static boolean write(RunnerSettings settings, RunRequest request, Path file)
      throws IOException, InterruptedException {
    var bubblewrap = RunnerCommand.findBubblewrap();
    if (bubblewrap.isEmpty()) {
      return false;
    }
    var lane = FastLane.find(settings.engines());
    var part = settings.tasksRoot().resolve(PART);
    var command = new RunnerCommand(settings).training(bubblewrap.get(), lane, part);
    try (var runner = RunnerProcess.start(command)) {
      for (int i = 0; i < RUNS; i++) {
        var outcome = runner.run(request, RunListener.NONE, new RunClock());
        if (!(outcome instanceof RunOutcome.Finished)) {
          throw new IOException("expected run %d to succeed, found %s".formatted(i, outcome));
        }
      }
      runner.end(END_TIME);
    }
    Files.move(part, file);
    return true;
  }
}
