package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the machines of a pool. */
@Command(
    name = "workers",
    description = {
      "List the pool's machines: what they offer, what they do, when they were heard.",
      "busy and idle are connected; gone may come back; distrusted broke a commit and gets nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool workers                   of the home's network",
      "  ruche pool workers --network pool.json --output json"
    })
public final class PoolWorkersCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("MACHINE", "STATE", "FREE", "RUNNING", "SCORE", "STAKE", "HEARD", "RUNTIMES");

  private final Session session;

  public PoolWorkersCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (var market = PoolMarket.open(session)) {
      var answer = market.poolWorkers();
      var rows = new ArrayList<List<Cell>>();
      var names = new ArrayList<String>();
      for (var worker : answer.path("workers")) {
        rows.add(row(worker));
        names.add(worker.path("machine").asText());
      }
      session.answer(new Answer(PoolMarket.body(answer), List.of(new Table(COLUMNS, rows)), names));
      PoolMarket.noteFurther(answer, "machines", session);
      return ExitCode.OK;
    }
  }

  private List<Cell> row(JsonNode worker) {
    var runtimes = new ArrayList<String>();
    worker.path("runtimes").forEach(runtime -> runtimes.add(runtime.asText()));
    return List.of(
        Cell.id(worker.path("machine").asText()),
        Cell.of(worker.path("state").asText()),
        Cell.of("%d/%d"
            .formatted(worker.path("freeSlots").asInt(), worker.path("slots").asInt())),
        Cell.of(worker.path("running").asInt()),
        Cell.of(worker.path("score").asLong()),
        Cell.of(worker.path("freeStake").asText()),
        PoolMarket.time(worker.path("lastHeard"), session),
        Cell.of(String.join(",", runtimes)));
  }
}
