package io.ruche.agent.availability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.core.FailureCode;
import io.ruche.core.RunUsage;
import io.ruche.worker.Event;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker did since it is counted, over restarts.
 *
 * @param paid tasks that ended with this worker among the winners
 * @param failures of runs, each once; those that were certified are paid all the same
 * @param runMillis of all runs together
 */
public record Tally(Instant since, long paid, Map<FailureCode, Long> failures, long runMillis) {
  /** What the pool says of a task to those who won. */
  private static final String WON = "won";

  public Tally {
    failures = Map.copyOf(failures);
  }

  static Tally none(Instant since) {
    return new Tally(since, 0, Map.of(), 0);
  }

  /** With an event of an attempt that is held. */
  Tally after(Event event) {
    return switch (event) {
      case Event.Done(var _, var outcome)
      when outcome.equals(WON) -> new Tally(since, paid + 1, failures, runMillis);
      case Event.RunFinished(var _, var _, var usage) ->
        new Tally(since, paid, failures, runMillis + millis(usage));
      case Event.WorkFailed(var _, var failure, var _, var usage) -> {
        var more = new EnumMap<FailureCode, Long>(FailureCode.class);
        more.putAll(failures);
        more.merge(failure.code(), 1L, Long::sum);
        yield new Tally(since, paid, more, runMillis + millis(usage));
      }
      default -> this;
    };
  }

  private static long millis(@Nullable RunUsage usage) {
    return usage == null ? 0 : usage.runMillis();
  }

  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  void addTo(ObjectNode json) {
    var counts = json.putObject("tally")
        .put("since", since.toString())
        .put("paid", paid)
        .put("runMillis", runMillis)
        .putObject("failures");
    new TreeMap<>(failures).forEach((code, count) -> counts.put(code.name(), count));
  }

  /** Null where none was written. */
  static @Nullable Tally read(JsonNode status) {
    var json = status.path("tally");
    if (!json.isObject()) {
      return null;
    }
    var failures = new EnumMap<FailureCode, Long>(FailureCode.class);
    for (var entry : json.path("failures").properties()) {
      failures.put(FailureCode.valueOf(entry.getKey()), entry.getValue().asLong());
    }
    return new Tally(
        Instant.parse(json.path("since").asText()),
        json.path("paid").asLong(),
        failures,
        json.path("runMillis").asLong());
  }
}
