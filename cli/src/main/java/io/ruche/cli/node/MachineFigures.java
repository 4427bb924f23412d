package io.ruche.cli.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.ruche.cli.app.SpeedTest;
import io.ruche.cli.app.SpeedTest.Speed;
import io.ruche.cli.output.Fields;
import io.ruche.core.RucheException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a machine can do for a pool.
 *
 * @param speed of one processor
 * @param poolMillis time of a question to the pool, null when none was asked
 */
record MachineFigures(
    Speed speed,
    int processors,
    long memoryMiB,
    long freeDiskMiB,
    @Nullable Long poolMillis,
    Instant at) {
  private static final int ASKED = 5;
  private static final Duration LIMIT = Duration.ofSeconds(10);
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
        totalMiB(),
        usableMiB(disk),
        pool == null ? null : answerMillis(pool),
        now);
  }

  private static long totalMiB() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize() >> 20
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

  /** Median of a few questions on one connection; the first one also opens it. */
  private static long answerMillis(URI pool) throws InterruptedException {
    var request = HttpRequest.newBuilder(pool.resolve("/health")).timeout(LIMIT).build();
    var times = new ArrayList<Long>();
    try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      for (int i = 0; i < ASKED; i++) {
        long start = System.nanoTime();
        var _ = http.send(request, BodyHandlers.discarding());
        times.add((System.nanoTime() - start) / 1_000_000);
      }
    } catch (IOException e) {
      throw PoolTerms.unreachable(pool, e);
    }
    return times.stream().sorted().toList().get(ASKED / 2);
  }

  ObjectNode toJson() {
    var json = JSON.createObjectNode()
        .put("speed", Math.round(speed.amount() * 100) / 100.0)
        .put("speedUnit", speed.unit())
        .put("processors", processors)
        .put("memoryMiB", memoryMiB)
        .put("freeDiskMiB", freeDiskMiB)
        .put("at", at.toString());
    if (poolMillis != null) {
      json.put("poolMillis", poolMillis);
    }
    return json;
  }

  Fields fields() {
    var fields = new ArrayList<Fields.Field>();
    fields.add(Fields.field(
        "speed", String.format(Locale.ROOT, "%.1f %s a processor", speed.amount(), speed.unit())));
    fields.add(Fields.field("processors", processors));
    fields.add(Fields.field("memory", memoryMiB + " MiB"));
    fields.add(Fields.field("free disk", freeDiskMiB + " MiB"));
    if (poolMillis != null) {
      fields.add(Fields.field("pool answers in", poolMillis + " ms"));
    }
    return new Fields(fields);
  }
}
