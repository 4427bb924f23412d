package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.ruche.cli.app.SpeedTest;
import io.ruche.cli.app.SpeedTest.Speed;
import io.ruche.cli.output.Fields;
import io.ruche.core.FuelText;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a machine can do for a pool.
 *
 * @param speed of one processor
 * @param diskMiBPerSecond of writing with a sync
 * @param pool null when none was asked
 */
record MachineFigures(
    Speed speed,
    int processors,
    long memoryMiB,
    long freeMemoryMiB,
    long freeDiskMiB,
    long diskMiBPerSecond,
    @Nullable PoolWay pool,
    Instant at) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Measures this machine for some seconds.
   *
   * @param disk folder on the disk that a worker would use
   */
  static MachineFigures measure(Path disk, @Nullable URI pool, DoubleConsumer progress, Instant now)
      throws InterruptedException {
    return new MachineFigures(
        SpeedTest.measure(progress),
        Runtime.getRuntime().availableProcessors(),
        memoryMiB(OperatingSystemMXBean::getTotalMemorySize),
        memoryMiB(OperatingSystemMXBean::getFreeMemorySize),
        usableMiB(disk),
        DiskSpeed.measure(disk),
        pool == null ? null : PoolWay.measure(pool),
        now);
  }

  private static long memoryMiB(ToLongFunction<OperatingSystemMXBean> bytes) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? bytes.applyAsLong(system) >> 20
        : 0;
  }

  private static long usableMiB(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() >> 20;
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot ask how much space the disk of %s has: %s.".formatted(folder, e),
          "Choose a home on a local disk with --home.",
          false,
          e);
    }
  }

  ObjectNode toJson() {
    var json = JSON.createObjectNode()
        .put("fuelPerSecond", speed.fuelPerSecond())
        .put("processors", processors)
        .put("memoryMiB", memoryMiB)
        .put("freeMemoryMiB", freeMemoryMiB)
        .put("freeDiskMiB", freeDiskMiB)
        .put("diskMiBPerSecond", diskMiBPerSecond)
        .put("at", at.toString());
    var modules = json.putObject("modules");
    speed.modules().forEach(one -> modules.put(one.module(), Math.round(one.fuelPerSecond())));
    if (pool != null) {
      json.put("poolMillis", pool.answerMillis());
      if (pool.bytesPerSecond() != null) {
        json.put("poolBytesPerSecond", pool.bytesPerSecond());
      }
    }
    return json;
  }

  private static String rate(@Nullable Long bytesPerSecond) {
    return bytesPerSecond == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f MiB/s", bytesPerSecond / (double) (1 << 20));
  }

  Fields fields() {
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field(
        "speed", FuelText.of(speed.fuelPerSecond()) + " fuel/s a processor (geometric mean)"));
    speed
        .modules()
        .forEach(one -> fields.add(Fields.field(
            "  " + one.module(), FuelText.of(Math.round(one.fuelPerSecond())) + " fuel/s")));
    fields.add(Fields.field("processors", processors));
    fields.add(Fields.field("memory", "%d MiB, %d free".formatted(memoryMiB, freeMemoryMiB)));
    fields.add(Fields.field(
        "disk",
        "%d MiB free, %d MiB/s written and synced".formatted(freeDiskMiB, diskMiBPerSecond)));
    if (pool != null) {
      fields.add(Fields.field("pool answers in", pool.answerMillis() + " ms"));
      fields.add(Fields.field("pool sends", rate(pool.bytesPerSecond())));
    }
    return new Fields(fields);
  }
}
