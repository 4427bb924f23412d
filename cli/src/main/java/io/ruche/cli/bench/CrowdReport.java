package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Fields;
import java.util.List;

/**
 * A server with many idle workers.
 *
 * @param joinSeconds from the first connection to the last login, all begun at once
 * @param aloneMiB resident memory of the server before
 * @param idleMiB the same with all workers idle
 * @param peakMiB the most that it ever had
 * @param processorShare of one processor, while all idle
 */
record CrowdReport(
    int workers,
    double joinSeconds,
    double aloneMiB,
    double idleMiB,
    double peakMiB,
    double processorShare) {
  private static final double PERCENT = 100;

  Answer answer() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("workers", workers)
        .put("joinSeconds", joinSeconds)
        .put("aloneMiB", aloneMiB)
        .put("idleMiB", idleMiB)
        .put("peakMiB", peakMiB)
        .put("processorShare", processorShare);
    var fields = Fields.of(
        Fields.field("idle workers", workers),
        Fields.field("all logged in after (s)", "%.1f".formatted(joinSeconds)),
        Fields.field("server alone (MiB)", "%.0f".formatted(aloneMiB)),
        Fields.field("server with them (MiB)", "%.0f".formatted(idleMiB)),
        Fields.field("server's peak (MiB)", "%.0f".formatted(peakMiB)),
        Fields.field("of one processor (%)", "%.1f".formatted(PERCENT * processorShare)));
    return new Answer(json, List.of(fields), List.of());
  }
}
