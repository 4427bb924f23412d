package io.ruche.e2e;

import io.ruche.agent.AgentMain;
import io.ruche.agent.task.ResultDigester;
import java.util.ArrayList;
import java.util.List;

/** The worker's process that tries no container engine, which takes longer than all the rest. */
public final class ImagelessWorkerMain {
  private ImagelessWorkerMain() {}

  public static void main(String[] args) {
    var all = new ArrayList<>(List.of(args));
    all.add("--containers=never");
    int status = AgentMain.run(all, System.getenv(), System.err, ResultDigester.standard());
    System.exit(status);
  }
}
