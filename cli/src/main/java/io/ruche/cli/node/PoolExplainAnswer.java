package io.ruche.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Why tasks of a pool wait, and why workers have nothing to do.
 *
 * @param told what the pool's server answered
 */
record PoolExplainAnswer(JsonNode told) {
  Answer answer() {
    var sections = new ArrayList<Section>();
    sections.add(
        Fields.of(Fields.field("workers", workers()), Fields.field("waiting tasks", waiting())));
    var deals = deals();
    if (!deals.isEmpty()) {
      sections.add(new Table(List.of("DEAL", "WAITING", "WHY"), deals));
    }
    var groups = new ArrayList<List<Cell>>();
    told.path("workers").forEach(group -> groups.add(List.of(sentence(group))));
    if (!groups.isEmpty()) {
      sections.add(new Table(List.of("WORKERS"), groups));
    }
    return new Answer(told, sections, names());
  }

  private String workers() {
    return "%d connected, %d with a free slot"
        .formatted(told.path("connected").asInt(), told.path("idle").asInt());
  }

  private String waiting() {
    int further = told.path("furtherDeals").asInt();
    var text = String.valueOf(told.path("waiting").asInt());
    return further == 0 ? text : "%s, also of %d deals not shown".formatted(text, further);
  }

  /** A deal's first line carries its name, the others go on below it. */
  private List<List<Cell>> deals() {
    var rows = new ArrayList<List<Cell>>();
    for (var deal : told.path("deals")) {
      var name = Cell.id(deal.path("deal").asText());
      var waiting = Cell.of(deal.path("waiting").asText());
      for (var reason : deal.path("reasons")) {
        rows.add(List.of(name, waiting, sentence(reason)));
        name = Cell.of("");
        waiting = Cell.of("");
      }
    }
    return rows;
  }

  private static Cell sentence(JsonNode reason) {
    return Cell.of(reason.path("sentence").asText());
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    told.path("deals").forEach(deal -> names.add(deal.path("deal").asText()));
    return names;
  }
}
