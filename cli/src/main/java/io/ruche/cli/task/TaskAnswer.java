package io.ruche.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Fields.Field;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import io.ruche.sdk.BagView;
import io.ruche.sdk.TaskExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands: what the chain shows, then what its pool tells.
 *
 * @param told the pool's words; null when it says nothing of the task
 */
record TaskAnswer(
    BagView.Entry entry,
    TaskExplanation explanation,
    @Nullable JsonNode told) {
  Answer answer() {
    var sections = new ArrayList<Section>();
    sections.add(new Fields(fields()));
    var attempts = attempts();
    if (!attempts.isEmpty()) {
      sections.add(new Table(List.of("ATTEMPT", "WORKER", "PHASE", "END", "DETAIL"), attempts));
    }
    return new Answer(json(), sections, List.of(stage()));
  }

  private String stage() {
    return explanation.stage().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private List<Field> fields() {
    var fields = new ArrayList<Field>();
    fields.add(Fields.field("task", entry.id()));
    fields.add(Fields.field("deal", entry.deal().id()));
    fields.add(Fields.field("index", entry.index()));
    fields.add(Fields.field("status", entry.status().name().toLowerCase(Locale.ROOT)));
    fields.add(Fields.field("stage", stage()));
    fields.add(Fields.field("on chain", explanation.sentence()));
    if (!explanation.next().isEmpty()) {
      fields.add(Fields.field("next", explanation.next()));
    }
    fields.add(Fields.field("fuel", UsageText.of(told)));
    fields.add(Fields.field("pool", pool()));
    return fields;
  }

  private String pool() {
    if (told == null) {
      return "says nothing of this task, or cannot be reached";
    }
    var reasons = new ArrayList<String>();
    told.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    var stage = told.path("stage").asText();
    return reasons.isEmpty() ? stage : stage + ": " + String.join("; ", reasons);
  }

  private List<List<Cell>> attempts() {
    var rows = new ArrayList<List<Cell>>();
    if (told != null) {
      for (var attempt : told.path("attempts")) {
        rows.add(List.of(
            Cell.of(attempt.path("number").asText()),
            Cell.id(attempt.path("worker").asText()),
            Cell.of(attempt.path("phase").asText().toLowerCase(Locale.ROOT)),
            Cell.of(attempt.path("end").asText()),
            Cell.of(attempt.path("detail").asText())));
      }
    }
    return rows;
  }

  private ObjectNode json() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("task", entry.id().hex())
        .put("deal", entry.deal().id().hex())
        .put("index", entry.index())
        .put("status", entry.status().name())
        .put("stage", stage())
        .put("explanation", explanation.sentence())
        .put("next", explanation.next())
        .put("finalDeadline", entry.finalDeadline().toString());
    UsageText.addTo(json, told);
    if (told != null) {
      json.set("pool", told);
    }
    return json;
  }
}
