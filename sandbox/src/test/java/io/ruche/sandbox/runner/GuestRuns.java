package io.ruche.sandbox.runner;

import io.ruche.sandbox.RunListener;
import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.RunRequest;
import io.ruche.sandbox.engine.Engine;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Runs modules inside the test's own process, on a thread like a runner's. */
final class GuestRuns {
  private final ModuleCache modules;

  GuestRuns(Engine engine) {
    modules = new ModuleCache(List.of(engine));
  }

  /** A run that goes on; interrupting the thread stops it. */
  record Started(Thread thread, FutureTask<RunOutcome> outcome) {}

  RunOutcome run(RunRequest request) throws Exception {
    return start(request).outcome().get();
  }

  Started start(RunRequest request) {
    var outcome =
        new FutureTask<>(() -> new ModuleRun(modules, request, RunListener.NONE).execute());
    var thread = new Thread(null, outcome, "guest", GuestThread.STACK_BYTES);
    thread.start();
    return new Started(thread, outcome);
  }
}
