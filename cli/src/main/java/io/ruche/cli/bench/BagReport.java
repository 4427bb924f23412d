package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.contract.Traffic;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Section;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a bag's run came to.
 *
 * @param verified results that were fetched and agree with the chain, of {@code sampled}
 * @param memory resident memory by process
 */
record BagReport(
    Bag bag,
    Timeline times,
    Traffic traffic,
    int sampled,
    int verified,
    SequencedMap<String, BagMemory.Figures> memory) {
  private static final long KIB_PER_MIB = 1024;
  private static final double MEDIAN = 0.50;
  private static final double NEARLY_ALL = 0.95;

  boolean isComplete() {
    return times.count() == bag.tasks() && verified == sampled;
  }

  private double perTask(long amount) {
    return (double) amount / bag.tasks();
  }

  Answer answer() {
    return new Answer(toJson(), List.of(fields(), processes()), List.of());
  }

  private Section fields() {
    return Fields.of(
        Fields.field(
            "bag",
            "%d tasks after %d, %d workers, trust %d"
                .formatted(bag.tasks(), bag.warmUp(), bag.workers(), bag.trust())),
        Fields.field("match to last result", "%.2f s".formatted(took())),
        Fields.field("tasks per second", "%.1f".formatted(times.tasksPerSecond())),
        Fields.field(
            "match to result",
            "p50 %.0f ms, p95 %.0f ms"
                .formatted(times.percentileMillis(MEDIAN), times.percentileMillis(NEARLY_ALL))),
        Fields.field("transactions per task", "%.3f".formatted(perTask(traffic.transactions()))),
        Fields.field("reverted transactions", traffic.reverted()),
        Fields.field("gas per task", "%.0f".formatted(perTask(traffic.gasUsed()))),
        Fields.field("results verified", "%d of a sample of %d".formatted(verified, sampled)));
  }

  private Section processes() {
    var rows = new ArrayList<List<Cell>>();
    memory.forEach((name, figures) -> rows.add(List.of(
        Cell.of(name),
        Cell.of(mebibytes(figures.peak())),
        Cell.of(mebibytes(figures.early())),
        Cell.of(mebibytes(figures.last())))));
    return new Table(List.of("RESIDENT (MiB)", "PEAK", "AT 10 % OF THE BAG", "AT ITS END"), rows);
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance
        .objectNode()
        .put("tasks", bag.tasks())
        .put("warmUp", bag.warmUp())
        .put("workers", bag.workers())
        .put("trust", bag.trust())
        .put("seconds", took())
        .put("tasksPerSecond", rounded(times.tasksPerSecond()))
        .put("p50Millis", Math.round(times.percentileMillis(MEDIAN)))
        .put("p95Millis", Math.round(times.percentileMillis(NEARLY_ALL)))
        .put("gasPerTask", Math.round(perTask(traffic.gasUsed())))
        .put("transactionsPerTask", rounded(perTask(traffic.transactions())))
        .put("revertedTransactions", traffic.reverted())
        .put("sampled", sampled)
        .put("verified", verified);
    var list = json.putArray("processes");
    memory.forEach((name, figures) -> list.addObject()
        .put("name", name)
        .put("peakRssMiB", mebibytes(figures.peak()))
        .put("earlyRssMiB", mebibytes(figures.early()))
        .put("lastRssMiB", mebibytes(figures.last())));
    return json;
  }

  private static long mebibytes(long kib) {
    return Math.ceilDiv(kib, KIB_PER_MIB);
  }

  private double took() {
    return times.took().toMillis() / 1000.0;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
