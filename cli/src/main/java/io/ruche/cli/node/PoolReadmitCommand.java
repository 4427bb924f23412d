package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import io.ruche.core.Address;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a worker get work again. */
@Command(
    name = "readmit",
    description = "Let a worker get work again that was banned, or that broke its commit.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool readmit 0x3f21..a1 --wallet pool",
      "  ruche pool readmit 0x3f21..a1 --network pool.json --wallet pool --output json"
    })
public final class PoolReadmitCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  private final Session session;

  @Parameters(paramLabel = "WORKER", description = "Address of the worker or machine.")
  private Address worker = Address.ZERO;

  public PoolReadmitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    OwnPoolSession.tell(session, pool -> pool.readmit(worker));
    return answer(session, worker, "admitted");
  }

  /** How a worker stands now. */
  static int answer(Session session, Address worker, String state) {
    var json = JSON.createObjectNode().put("worker", worker.checksummed()).put("state", state);
    var fields = Fields.of(Fields.field("worker", worker), Fields.field("state", state));
    session.answer(new Answer(json, List.of(fields), List.of(worker.checksummed())));
    return ExitCode.OK;
  }
}
