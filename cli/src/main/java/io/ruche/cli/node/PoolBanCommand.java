package io.ruche.cli.node;

import io.ruche.cli.Session;
import io.ruche.core.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a worker from further work. */
@Command(
    name = "ban",
    description = {
      "Let a worker, or one of its machines, get no more work; what it runs goes on.",
      "The wallet must own the workerpool. Settings can ban too: see docs/operate.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool ban 0x3f21..a1 --reason 'wrong results' --wallet pool",
      "  ruche pool ban 0x3f21..a1 --reason overheats --network pool.json --wallet pool"
    })
public final class PoolBanCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "WORKER", description = "Address of the worker or machine.")
  private Address worker = Address.ZERO;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, in one line, for the worker to read.")
  private String reason = "";

  public PoolBanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    OwnPoolSession.tell(session, pool -> pool.ban(worker, reason));
    return PoolReadmitCommand.answer(session, worker, "banned");
  }
}
