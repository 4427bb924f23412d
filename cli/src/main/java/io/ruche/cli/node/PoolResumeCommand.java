package io.ruche.cli.node;

import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.sdk.OwnPool;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lets a pool sell again. */
@Command(
    name = "resume",
    description = "Let a pool sell again that was drained.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool resume --wallet pool",
      "  ruche pool resume --network pool.json --wallet pool --output json"
    })
public final class PoolResumeCommand implements Callable<Integer> {
  private final Session session;

  public PoolResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var workerpool = OwnPoolSession.tell(session, OwnPool::resume);
    PoolDrainCommand.answer(session, workerpool, "selling", new DrainWatch.Left(0, 0));
    return ExitCode.OK;
  }
}
