package io.ruche.sandbox.wasm;

import io.ruche.sandbox.RunOutcome;
import io.ruche.sandbox.TestModules;
import io.ruche.sandbox.TestRuns;
import io.ruche.sandbox.wasm.RunnerSettings.Bubblewrap;
import java.nio.file.Path;
import java.util.List;

/**
 * Pauses a run that never ends, tells the processes that now stand still, and waits to be killed.
 */
final class PausedAgentMain {
  private PausedAgentMain() {}

  /** Called with a folder and the name of a {@link Bubblewrap}. */
  public static void main(String[] arguments) throws Exception {
    var root = Path.of(arguments[0]);
    var settings = RunnerSettings.of(root, List.of())
        .withMaxMemoryMiB(16)
        .withBubblewrap(Bubblewrap.valueOf(arguments[1]));
    var pool = RunnerPool.start(settings);
    var runner = ProcessHandle.of(pool.idleRunners().getFirst()).orElseThrow();
    var request = new TestRuns(root).request(TestModules.talking(code -> code.forever(c -> {})));
    RunOutcome outcome = pool.run(request, (stream, bytes) -> {
      pool.pause();
      System.out.println(runner.pid());
      runner.descendants().map(ProcessHandle::pid).forEach(System.out::println);
      System.out.println("paused");
    });
    throw new IllegalStateException("the run ended: " + outcome);
  }
}
