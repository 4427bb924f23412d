package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.FuelText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the machines of a pool. */
@Command(
    name = "workers",
    description = {
      "List the pool's machines: what they offer, what they do, when they were heard.",
      "busy and idle are connected; gone may come back; distrusted broke a commit and gets nothing,",
      "as does banned. FREE is of the tasks that it gets at once, its quota, and of its slots where",
      "these are more. SPEED is fuel a second as far as certified runs confirm it, and how many did."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche pool workers                   of the home's network",
      "  ruche pool workers --network pool.json --output json"
    })
public final class PoolWorkersCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("MACHINE", "STATE", "FREE", "STAKE", "SPEED", "HEARD", "RUNTIMES");

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
      var notes = new ArrayList<Fields.Field>();
      for (var worker : answer.path("workers")) {
        rows.add(row(worker));
        var ofWorker = notesOf(worker);
        if (!ofWorker.isEmpty()) {
          notes.add(Fields.field(worker.path("machine").asText(), String.join("; ", ofWorker)));
        }
        names.add(worker.path("machine").asText());
      }
      var sections = new ArrayList<Section>();
      sections.add(new Table(COLUMNS, rows));
      if (!notes.isEmpty()) {
        sections.add(new Fields(notes));
      }
      session.answer(new Answer(PoolMarket.body(answer), sections, names));
      PoolMarket.noteFurther(answer, "machines", session);
      return ExitCode.OK;
    }
  }

  /** Such as {@code 1/2}, or {@code 1/2 of 8} as long as its quota is below its slots. */
  private static String free(JsonNode worker) {
    int slots = worker.path("slots").asInt();
    int quota = worker.path("slotQuota").asInt(slots);
    var free = "%d/%d".formatted(worker.path("freeSlots").asInt(), quota);
    return quota < slots ? free + " of " + slots : free;
  }

  /** What is out of the ordinary. */
  private static List<String> notesOf(JsonNode worker) {
    var notes = new ArrayList<String>();
    if (worker.has("ban")) {
      notes.add("banned: " + worker.path("ban").asText());
    } else if (worker.path("claimRefuted").asBoolean()) {
      notes.add("claims %s a second, which its work refutes"
          .formatted(FuelText.of(worker.path("claimedFuelPerSecond").asLong())));
    }
    switch (worker.path("power").asText()) {
      case "surplus" -> notes.add("on surplus power");
      case "battery" -> notes.add("on battery");
      default -> {}
    }
    return notes;
  }

  /** Such as {@code 1.2 G (21)}. */
  private static String speed(JsonNode worker) {
    long believed = worker.path("believedFuelPerSecond").asLong();
    return believed == 0
        ? "-"
        : "%s (%d)"
            .formatted(FuelText.of(believed), worker.path("confirmedRuns").asLong());
  }

  private List<Cell> row(JsonNode worker) {
    var runtimes = new ArrayList<String>();
    worker.path("runtimes").forEach(runtime -> runtimes.add(runtime.asText()));
    return List.of(
        Cell.id(worker.path("machine").asText()),
        Cell.of(worker.path("state").asText()),
        Cell.of(free(worker)),
        Cell.of(worker.path("freeStake").asText()),
        Cell.of(speed(worker)),
        PoolMarket.time(worker.path("lastHeard"), session),
        Cell.of(String.join(",", runtimes)));
  }
}
