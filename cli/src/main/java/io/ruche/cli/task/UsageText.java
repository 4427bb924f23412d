package io.ruche.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.FuelText;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run used, out of what its pool tells of a task: the word of those who ran it. */
final class UsageText {
  private static final String UNKNOWN = "-";

  private UsageText() {}

  /** Such as {@code 1.2 G in 0.4 s, as its workers say}. */
  static String of(@Nullable JsonNode told) {
    if (told == null) {
      return UNKNOWN;
    }
    if (told.has("fuel")) {
      return "%s in %s, as its workers say"
          .formatted(FuelText.of(told.path("fuel").asLong()), seconds(told));
    }
    var said = new TreeSet<Long>();
    for (var attempt : told.path("attempts")) {
      if (attempt.has("fuel")) {
        said.add(attempt.path("fuel").asLong());
      }
    }
    return said.size() < 2
        ? UNKNOWN
        : "its workers differ: "
            + String.join(", ", said.stream().map(FuelText::of).toList());
  }

  private static String seconds(JsonNode told) {
    return String.format(Locale.ROOT, "%.2f s", told.path("runMillis").asLong() / 1000.0);
  }

  static void addTo(ObjectNode json, @Nullable JsonNode told) {
    if (told != null && told.has("fuel")) {
      json.put("fuel", told.path("fuel").asLong());
    }
    if (told != null && told.has("runMillis")) {
      json.put("runMillis", told.path("runMillis").asLong());
    }
  }
}
