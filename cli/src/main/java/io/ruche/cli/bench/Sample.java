package io.ruche.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/** Repeated measurements of one thing, in ascending order; at least one. */
record Sample(List<Double> sorted) {
  Sample {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("expected at least one measurement");
    }
    sorted = sorted.stream().sorted().toList();
  }

  static Sample of(double... values) {
    return new Sample(Arrays.stream(values).boxed().toList());
  }

  /** The one in the middle; of two, the smaller. */
  double median() {
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** The smallest that so many percent of all do not exceed. */
  double at(int percent) {
    return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
  }

  double min() {
    return sorted.getFirst();
  }

  double max() {
    return sorted.getLast();
  }

  /** Median and span, such as {@code 1.60 (1.31 to 2.22)}. */
  String text(int digits) {
    var number = "%." + digits + "f";
    return (number + " (" + number + " to " + number + ")").formatted(median(), min(), max());
  }

  void putIn(ObjectNode json, String name) {
    json.putObject(name).put("median", median()).put("min", min()).put("max", max());
  }
}
