package io.ruche.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ruche.core.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One task at one moment, as the pool tells it. */
record TaskLine(long index, String status, List<Run> runs) {
  /**
   * A run of the task by one worker.
   *
   * @param end how it ended; empty while it goes on
   */
  record Run(String worker, String phase, String end) {
    boolean isLie() {
      return end.startsWith("rejected");
    }

    String text() {
      if (isLie()) {
        return worker + " out-voted";
      }
      return worker + " " + (end.isEmpty() ? phase.toLowerCase(Locale.ROOT) : end);
    }
  }

  TaskLine {
    runs = List.copyOf(runs);
  }

  /** Reads the pool's answer about a deal, workers under their names. */
  static List<TaskLine> read(JsonNode deal, Map<Address, String> names) {
    var lines = new ArrayList<TaskLine>();
    for (var task : deal.path("tasks")) {
      var runs = new ArrayList<Run>();
      for (var attempt : task.path("attempts")) {
        var worker = new Address(attempt.path("worker").asText());
        runs.add(new Run(
            names.getOrDefault(worker, worker.checksummed()),
            attempt.path("phase").asText(),
            attempt.path("end").asText("")));
      }
      lines.add(new TaskLine(task.path("index").asLong(), task.path("status").asText(), runs));
    }
    return lines;
  }

  boolean isSettled() {
    return status.equals("COMPLETED") || status.equals("FAILED");
  }

  String text() {
    var workers = String.join(", ", runs.stream().map(Run::text).toList());
    return "task %2d  %-9s  %s".formatted(index, status.toLowerCase(Locale.ROOT), workers);
  }
}
