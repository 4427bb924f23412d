package io.ruche.e2e;

import io.ruche.agent.AgentMain;
import io.ruche.agent.task.ResultDigester;
import java.io.IOException;
import java.util.List;

/** The worker's process with a {@link Trap}. */
public final class TrappedWorkerMain {
  private TrappedWorkerMain() {}

  public static void main(String[] args) throws IOException {
    var changed = Trap.lay(args);
    // Only the runner's process counts as busy, and no engine is killed over its mounts.
    changed.addAll(List.of("--wasm-engine=chicory", "--containers=never"));
    int status = AgentMain.run(changed, System.getenv(), System.err, ResultDigester.standard());
    System.exit(status);
  }
}
