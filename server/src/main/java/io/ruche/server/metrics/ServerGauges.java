package io.ruche.server.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ruche.server.chain.ChainIntake.Head;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What every server has: a chain it follows, a disk, and a virtual machine. */
final class ServerGauges implements MultiCollector {
  private static final double MILLIS = 1e3;

  private final Sources sources;

  /** Where the values come from; all are cheap to ask. */
  record Sources(
      Supplier<@Nullable Head> head,
      Supplier<Long> failedExchanges,
      LongSupplier contentBytes,
      Path home,
      InstantSource clock) {}

  ServerGauges(Sources sources) {
    this.sources = sources;
  }

  @Override
  public MetricSnapshots collect() {
    var gauges = new Gauges();
    addChain(gauges);
    addDisk(gauges);
    addMachine(gauges);
    return gauges.snapshots();
  }

  private void addChain(Gauges gauges) {
    gauges.counter(
        "ruche_rpc_failures",
        "Exchanges with the chain node that brought no usable answer.",
        sources.failedExchanges().get());
    var head = sources.head().get();
    if (head != null) {
      var age = Duration.between(head.timestamp(), sources.clock().instant());
      gauges
          .gauge(
              "ruche_chain_head_block",
              "Number of the newest block handed on.",
              head.block().number())
          .gauge(
              "ruche_chain_head_age_seconds",
              "Time since that block's timestamp.",
              age.toMillis() / MILLIS);
    }
  }

  /** A disk that cannot be asked is left out: its absence is the news. */
  private void addDisk(Gauges gauges) {
    gauges.gauge(
        "ruche_content_bytes",
        "Results and published files in the content store.",
        sources.contentBytes().getAsLong());
    try {
      var disk = Files.getFileStore(sources.home());
      gauges
          .gauge("ruche_disk_bytes", "Size of the disk of the home.", disk.getTotalSpace())
          .gauge(
              "ruche_disk_free_bytes",
              "What the server may still write there.",
              disk.getUsableSpace());
    } catch (IOException e) {
      return;
    }
  }

  private static void addMachine(Gauges gauges) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var started = ManagementFactory.getRuntimeMXBean().getStartTime();
    gauges
        .gauge("ruche_process_start_time_seconds", "When the server started.", started / MILLIS)
        .gauge("ruche_jvm_heap_used_bytes", "Heap in use.", heap.getUsed())
        .gauge("ruche_jvm_heap_max_bytes", "Largest heap allowed.", heap.getMax())
        .gauge(
            "ruche_jvm_threads",
            "Platform threads.",
            ManagementFactory.getThreadMXBean().getThreadCount())
        .counter(
            "ruche_jvm_gc_collections",
            "Garbage collections.",
            "gc",
            collectors(GarbageCollectorMXBean::getCollectionCount))
        .counter(
            "ruche_jvm_gc_seconds",
            "Time spent on them.",
            "gc",
            collectors(gc -> gc.getCollectionTime(), MILLIS));
  }

  private static Map<String, Double> collectors(ToLongFunction<GarbageCollectorMXBean> value) {
    return collectors(value, 1);
  }

  private static Map<String, Double> collectors(
      ToLongFunction<GarbageCollectorMXBean> value, double perUnit) {
    var values = new TreeMap<String, Double>();
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(gc -> values.put(gc.getName(), Math.max(0, value.applyAsLong(gc)) / perUnit));
    return values;
  }
}
