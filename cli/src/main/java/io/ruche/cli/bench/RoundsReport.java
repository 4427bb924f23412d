package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import java.util.List;

/**
 * Seconds of one thing, done again and again.
 *
 * @param what as a reader sees it
 */
record RoundsReport(String what, Sample seconds) {
  Answer answer() {
    int rounds = seconds.sorted().size();
    var json = JsonNodeFactory.instance.objectNode().put("rounds", rounds);
    seconds.putIn(json, "seconds");
    var fields =
        Fields.of(Fields.field("rounds", rounds), Fields.field(what + " (s)", seconds.text(2)));
    return new Answer(json, List.of(fields), List.of());
  }
}
