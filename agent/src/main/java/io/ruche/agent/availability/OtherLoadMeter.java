package io.ruche.agent.availability;

import io.ruche.worker.availability.Reading;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processors that others keep busy: what all processes used since the last look, less what we and
 * those below us used. Used by one thread.
 */
final class OtherLoadMeter {
  /** Linux tells processor time in hundredths of a second on every machine that we run on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Two looks closer together than this say nothing new. */
  private static final double SHORTEST_SECONDS = 0.5;

  /** Of the fields after the name in {@code /proc/PID/stat}: utime, stime, cutime, cstime. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  /** Of {@code /proc/stat}: idle and iowait are not busy; guest times are in user and nice. */
  private static final int BUSY_FIELDS = 8;

  private final Path proc;
  private final Supplier<Stream<Long>> ours;
  private Reading<Double> last = Reading.unknown("it is measured between two looks");
  private long lastNanos;
  private OptionalLong lastTicks = OptionalLong.empty();

  OtherLoadMeter(Path proc, Supplier<Stream<Long>> ours) {
    this.proc = proc;
    this.ours = ours;
  }

  /** This process and all below it. */
  static Stream<Long> thisTree() {
    return Stream.concat(
        Stream.of(ProcessHandle.current().pid()),
        ProcessHandle.current().descendants().map(ProcessHandle::pid));
  }

  Reading<Double> look(long nanos) {
    double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
    if (lastTicks.isPresent() && seconds < SHORTEST_SECONDS) {
      return last;
    }
    var ticks = othersTicks();
    if (ticks.isEmpty()) {
      last = Reading.unknown("%s cannot be read".formatted(proc.resolve("stat")));
    } else if (lastTicks.isPresent()) {
      double busy = (ticks.getAsLong() - lastTicks.getAsLong()) / TICKS_PER_SECOND / seconds;
      last = Reading.of(Math.max(0, busy));
    }
    lastTicks = ticks;
    lastNanos = nanos;
    return last;
  }

  private OptionalLong othersTicks() {
    var all = Sysfs.text(proc.resolve("stat")).flatMap(OtherLoadMeter::busyTicks);
    if (all.isEmpty()) {
      return OptionalLong.empty();
    }
    long own = ours.get().mapToLong(this::ticksOf).sum();
    return OptionalLong.of(all.get() - own);
  }

  /** From the line {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
  private static Optional<Long> busyTicks(String stat) {
    var fields = stat.lines().findFirst().orElse("").split("\\s+", -1);
    if (!fields[0].equals("cpu") || fields.length <= BUSY_FIELDS) {
      return Optional.empty();
    }
    return Optional.of(LongStream.of(1, 2, 3, 6, 7, 8)
        .map(field -> Long.parseLong(fields[(int) field]))
        .sum());
  }

  /** A process that ended between the list and the look counts in its parent. */
  private long ticksOf(long pid) {
    var text = Sysfs.text(proc.resolve(Long.toString(pid)).resolve("stat")).orElse("");
    var fields = text.substring(text.lastIndexOf(')') + 1).strip().split("\\s+", -1);
    if (fields.length < FIRST_TIME + TIMES) {
      return 0;
    }
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
