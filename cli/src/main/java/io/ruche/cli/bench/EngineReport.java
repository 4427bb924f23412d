package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a task costs the engine of a pool.
 *
 * @param tasks measured in each repetition
 */
record EngineReport(int tasks, List<Line> lines) {
  private static final double MICROS = 1e6;
  private static final int BAR_CHARS = 30;

  /**
   * One size of pool.
   *
   * @param perSecond lifecycles per second of one processor
   */
  record Line(int workers, int queued, Sample perSecond) {
    double micros() {
      return MICROS / perSecond.median();
    }
  }

  /** The lines that differ in the size of the pool: of each, the one that was measured first. */
  List<Line> byWorkers() {
    var firsts = new LinkedHashMap<Integer, Line>();
    lines.forEach(line -> firsts.putIfAbsent(line.workers(), line));
    return List.copyOf(firsts.values());
  }

  /** The lines that differ in the length of the queue. */
  List<Line> byQueue() {
    return lines.stream()
        .filter(line -> line.workers() == EngineBenchmark.USUAL_WORKERS)
        .toList();
  }

  Answer answer() {
    var json = JsonNodeFactory.instance.objectNode().put("tasks", tasks);
    var array = json.putArray("pools");
    double most = lines.stream().mapToDouble(Line::micros).max().orElse(1);
    var rows = new ArrayList<List<Cell>>();
    for (var line : lines) {
      var entry =
          array.addObject().put("workers", line.workers()).put("queuedTasks", line.queued());
      line.perSecond().putIn(entry, "lifecyclesPerSecond");
      rows.add(List.of(
          Cell.of("%,d".formatted(line.workers())),
          Cell.of("%,d".formatted(line.queued())),
          Cell.of("%,.0f".formatted(line.perSecond().median())),
          Cell.of("%.1f".formatted(line.micros())),
          Cell.of("#".repeat((int) Math.round(BAR_CHARS * line.micros() / most)))));
    }
    return new Answer(
        json,
        List.of(
            Fields.of(Fields.field(
                "tasks",
                "%,d in each of %d repetitions, the median told"
                    .formatted(tasks, lines.getFirst().perSecond().sorted().size()))),
            new Table(
                List.of("WORKERS", "QUEUED TASKS", "TASKS PER SECOND", "MICROSECONDS EACH", ""),
                rows)),
        List.of());
  }
}
