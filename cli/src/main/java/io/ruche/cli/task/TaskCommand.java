package io.ruche.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.Connection;
import io.ruche.cli.ExitCode;
import io.ruche.cli.Session;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.core.Address;
import io.ruche.core.OnChainTask;
import io.ruche.core.RucheException;
import io.ruche.core.TaskId;
import io.ruche.core.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and explains tasks. */
@Command(
    name = "task",
    description = "Show one task, or explain what it waits for.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ruche task show 0x2a91..0c           what the chain has of it",
      "  ruche task explain 0x2a91..0c        what the pool does, and why it does not go on"
    })
public final class TaskCommand {
  private final Session session;

  public TaskCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "show",
      description = "Show what the chain has of a task.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task show 0x2a91..0c           status, deadlines, contributors, result",
        "  ruche task show 0x2a91..0c --output json"
      })
  int show(@Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id) {
    try (var client = Connection.openToRead(session)) {
      var task = client.view().tasks(List.of(id)).getFirst();
      requireKnown(task);
      session.answer(new Answer(json(task), List.of(fields(task)), List.of(status(task))));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "explain",
      description = "Explain what the pool does for a task and what it waits for.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ruche task explain 0x2a91..0c        attempts, workers, reasons",
        "  ruche task explain 0x2a91..0c --output json"
      })
  int explain(@Parameters(paramLabel = "TASK", description = "Id of the task.") TaskId id) {
    try (var client = Connection.openToRead(session)) {
      var told = client.market().task(id).orElseThrow(() -> unknown(id));
      session.answer(new Answer(told, sections(told), List.of(told.path("stage").asText())));
      return ExitCode.OK;
    }
  }

  private static List<Section> sections(JsonNode told) {
    var sections = new ArrayList<Section>();
    var reasons = new ArrayList<String>();
    told.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    sections.add(Fields.of(
        Fields.field("task", told.path("task").asText()),
        Fields.field("status", told.path("status").asText().toLowerCase(Locale.ROOT)),
        Fields.field("stage", told.path("stage").asText()),
        Fields.field("because", String.join("; ", reasons))));
    var rows = new ArrayList<List<Cell>>();
    for (var attempt : told.path("attempts")) {
      rows.add(List.of(
          Cell.of(attempt.path("number").asText()),
          Cell.id(attempt.path("worker").asText()),
          Cell.of(attempt.path("phase").asText().toLowerCase(Locale.ROOT)),
          Cell.of(attempt.path("end").asText()),
          Cell.of(attempt.path("detail").asText())));
    }
    if (!rows.isEmpty()) {
      sections.add(new Table(List.of("ATTEMPT", "WORKER", "PHASE", "END", "DETAIL"), rows));
    }
    return sections;
  }

  private static void requireKnown(OnChainTask task) {
    if (task.status() == TaskStatus.UNSET) {
      throw unknown(task.id());
    }
  }

  private static RucheException unknown(TaskId id) {
    return new RucheException(
        "TASK_UNKNOWN",
        "nobody started a task %s on this hub.".formatted(id),
        "Check the id; a deal's tasks are shown by `ruche deal show`.",
        false);
  }

  private static String status(OnChainTask task) {
    return task.status().name().toLowerCase(Locale.ROOT);
  }

  private static Fields fields(OnChainTask task) {
    return Fields.of(
        Fields.field("task", task.id()),
        Fields.field("deal", task.deal()),
        Fields.field("index", task.index()),
        Fields.field("status", status(task)),
        Fields.field("contributors", names(task.contributors())),
        Fields.field("revealed", "%d of %d".formatted(task.revealCount(), task.winnerCount())),
        Fields.field("contribute until", task.contributionDeadline()),
        Fields.field("final deadline", task.finalDeadline()),
        Fields.field("result digest", task.resultDigest()));
  }

  private static String names(List<Address> workers) {
    return String.join(", ", workers.stream().map(Address::checksummed).toList());
  }

  private static ObjectNode json(OnChainTask task) {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("task", task.id().hex())
        .put("deal", task.deal().hex())
        .put("index", task.index())
        .put("status", task.status().name())
        .put("contributionDeadline", task.contributionDeadline().toString())
        .put("revealDeadline", task.revealDeadline().toString())
        .put("finalDeadline", task.finalDeadline().toString())
        .put("consensus", task.consensusValue().hex())
        .put("winners", task.winnerCount())
        .put("revealed", task.revealCount())
        .put("resultDigest", task.resultDigest().hex())
        .put("results", task.results());
    var workers = json.putArray("contributors");
    task.contributors().forEach(worker -> workers.add(worker.checksummed()));
    return json;
  }
}
