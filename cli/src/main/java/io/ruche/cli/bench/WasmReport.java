package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ruche.cli.bench.Kernel.Timed;
import io.ruche.cli.output.Answer;
import io.ruche.cli.output.Cell;
import io.ruche.cli.output.Fields;
import io.ruche.cli.output.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Medians of each kernel in each way, and how they compare with C. */
final class WasmReport {
  /** Ways to run a kernel, in the order of the table. */
  enum Way {
    NATIVE,
    V8,
    V8_OPTIMIZED,
    WASMTIME,
    CHICORY;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final double NANOS_PER_MILLI = 1e6;

  private final int runs;
  private final Map<Kernel, Map<Way, Timed>> times = new EnumMap<>(Kernel.class);
  private final Map<Way, String> names = new EnumMap<>(Way.class);

  WasmReport(int runs) {
    this.runs = runs;
  }

  void add(Kernel kernel, Way way, Optional<Timed> timed) {
    timed.ifPresent(
        found -> times.computeIfAbsent(kernel, each -> new EnumMap<>(Way.class)).put(way, found));
  }

  /** What the owner of a worker would be told of this way. */
  void name(Way way, String text) {
    names.put(way, text);
  }

  Map<Way, Timed> of(Kernel kernel) {
    return times.getOrDefault(kernel, Map.of());
  }

  Answer answer() {
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field("runs", "%d of each, the median told".formatted(runs)));
    names.forEach((way, text) -> fields.add(Fields.field(way.label(), text)));
    return new Answer(toJson(), List.of(new Fields(fields), table()), List.of());
  }

  private Table table() {
    var columns = new ArrayList<String>(List.of("KERNEL (ms, TIMES NATIVE)"));
    for (var way : Way.values()) {
      columns.add(way.label().toUpperCase(Locale.ROOT));
    }
    var rows = new ArrayList<List<Cell>>();
    for (var kernel : Kernel.values()) {
      var row = new ArrayList<Cell>(List.of(Cell.of(kernel.label())));
      for (var way : Way.values()) {
        row.add(Cell.of(cell(kernel, way)));
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  private String cell(Kernel kernel, Way way) {
    var timed = of(kernel).get(way);
    if (timed == null) {
      return "-";
    }
    var millis = "%.0f".formatted(timed.medianNanos() / NANOS_PER_MILLI);
    return ratio(kernel, way).map(ratio -> "%s (%.2f)".formatted(millis, ratio)).orElse(millis);
  }

  private Optional<Double> ratio(Kernel kernel, Way way) {
    var timed = of(kernel).get(way);
    var base = of(kernel).get(Way.NATIVE);
    return timed == null || base == null || way == Way.NATIVE
        ? Optional.empty()
        : Optional.of((double) timed.medianNanos() / base.medianNanos());
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode().put("runs", runs);
    names.forEach((way, text) -> json.put(way.label() + "Engine", text));
    for (var kernel : Kernel.values()) {
      var ways = json.putObject(kernel.label());
      of(kernel).forEach((way, timed) -> {
        var one = ways.putObject(way.label());
        one.put("medianMillis", Math.round(timed.medianNanos() / NANOS_PER_MILLI));
        ratio(kernel, way)
            .ifPresent(ratio -> one.put("timesNative", Math.round(ratio * 100) / 100.0));
      });
    }
    return json;
  }
}
