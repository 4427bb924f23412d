package io.ruche.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of one moment, collected for one scrape. */
final class Gauges {
  private final List<MetricSnapshot> metrics = new ArrayList<>();

  Gauges gauge(String name, String help, Number value) {
    metrics.add(GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value.doubleValue()).build())
        .build());
    return this;
  }

  /** One value for each value of the label. */
  Gauges gauge(String name, String help, String label, Map<String, ? extends Number> values) {
    var builder = GaugeSnapshot.builder().name(name).help(help);
    values.forEach((text, value) -> builder.dataPoint(GaugeDataPointSnapshot.builder()
        .labels(Labels.of(label, text))
        .value(value.doubleValue())
        .build()));
    metrics.add(builder.build());
    return this;
  }

  /**
   * A count that something else keeps.
   *
   * @param name without {@code _total}, which the format adds
   */
  Gauges counter(String name, String help, Number value) {
    metrics.add(CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value(value.doubleValue()).build())
        .build());
    return this;
  }

  /** One count for each value of the label. */
  Gauges counter(String name, String help, String label, Map<String, ? extends Number> values) {
    var builder = CounterSnapshot.builder().name(name).help(help);
    values.forEach((text, value) -> builder.dataPoint(CounterDataPointSnapshot.builder()
        .labels(Labels.of(label, text))
        .value(value.doubleValue())
        .build()));
    metrics.add(builder.build());
    return this;
  }

  MetricSnapshots snapshots() {
    return new MetricSnapshots(metrics);
  }
}
