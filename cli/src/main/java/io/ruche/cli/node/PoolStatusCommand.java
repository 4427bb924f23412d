package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows how a pool stands. */
@Command(
    name = "status",
    description = "Show how the pool of this network stands: machines, slots, deals, tasks.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool status                    the pool of the home's network",
      "  ruche pool status --network pool.json --output json"
    })
public final class PoolStatusCommand implements Callable<Integer> {
  private static final List<String> OFFER_COLUMNS =
      List.of("CATEGORY", "ON OFFER", "PRICE", "WHY", "NO MORE AS");

  private final Session session;

  public PoolStatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (var market = PoolMarket.open(session)) {
      var status = market.poolStatus();
      var workerpool = status.path("workerpool").asText();
      var fields = Fields.of(
          Fields.field("pool", workerpool),
          Fields.field("sells", selling(status)),
          Fields.field("as of", PoolMarket.time(status.path("at"), session)),
          Fields.field(
              "machines",
              "%d of %d owners"
                  .formatted(
                      status.path("workers").asInt(), status.path("owners").asInt())),
          Fields.field(
              "slots",
              "%d free of %d"
                  .formatted(
                      status.path("freeSlots").asInt(), status.path("slots").asInt())),
          Fields.field("highest trust", status.path("servableTrust").asLong()),
          Fields.field("open deals", status.path("openDeals").asInt()),
          Fields.field("tasks", tasks(status.path("tasks"))),
          Fields.field("tasks that want a run", status.path("wantingRun").asInt()),
          Fields.field("events that wait", status.path("waitingEvents").asInt()));
      var sections = new ArrayList<Section>();
      sections.add(fields);
      if (!status.path("offers").isEmpty()) {
        sections.add(new Table(OFFER_COLUMNS, offers(status)));
      }
      session.answer(new Answer(PoolMarket.body(status), sections, List.of(workerpool)));
      return ExitCode.OK;
    }
  }

  private static List<List<Cell>> offers(JsonNode status) {
    var rows = new ArrayList<List<Cell>>();
    for (var offer : status.path("offers")) {
      rows.add(List.of(
          Cell.of(offer.path("category").asLong()),
          Cell.of(offer.path("tasks").asLong()),
          Cell.of(offer.path("price").asText("-")),
          Cell.of(offer.path("why").asText("-")),
          Cell.of(offer.path("limit").asText("-"))));
    }
    return rows;
  }

  private static String selling(JsonNode status) {
    if (!status.has("drainedSince")) {
      return "yes, %d orders are open".formatted(status.path("openOrders").asLong());
    }
    long tasks = status.path("openTasks").asLong();
    long orders = status.path("openOrders").asLong();
    return tasks == 0 && orders == 0
        ? "no, drained: nothing is left"
        : "no, draining: %d tasks and %d orders left".formatted(tasks, orders);
  }

  /** Such as {@code 12 queued, 1 running}. */
  private static String tasks(JsonNode stages) {
    var text = stages
        .propertyStream()
        .map(stage -> "%d %s".formatted(stage.getValue().asLong(), stage.getKey()))
        .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }
}
