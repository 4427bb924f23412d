package io.ruche.cli.bench;

import io.ruche.cli.process.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The most memory that processes and their children held, as Linux counts it in {@code VmHWM}.
 * Where there is no {@code /proc}, nothing is known. For one thread.
 */
final class PeakMemory {
  private static final String PEAK = "VmHWM:";
  private static final long KIB_PER_MIB = 1024;

  private final SequencedMap<String, Long> peaksKib = new LinkedHashMap<>();

  /** Reads what lives now; short-lived children are caught by calling this often. */
  void sample(List<ProcessRecord> processes) {
    for (var process : processes) {
      if (process.isRunning()) {
        note(process.name(), peakKib(process.pid()));
        note(process.name() + " runners", childrenKib(process.pid()));
      }
    }
  }

  /** Name and mebibytes, rounded up. */
  SequencedMap<String, Long> mebibytes() {
    var result = new LinkedHashMap<String, Long>();
    peaksKib.forEach((name, kib) -> result.put(name, Math.ceilDiv(kib, KIB_PER_MIB)));
    return result;
  }

  private void note(String name, long kib) {
    if (kib > 0) {
      peaksKib.merge(name, kib, Math::max);
    }
  }

  private static long childrenKib(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .mapToLong(child -> peakKib(child.pid()))
        .sum();
  }

  /** 0 for a process that is gone. */
  private static long peakKib(long pid) {
    try {
      return parseKib(Files.readString(Path.of("/proc/" + pid + "/status")));
    } catch (IOException e) {
      return 0;
    }
  }

  /** The peak in the text of a status file; 0 when it names none, as a dying process does. */
  static long parseKib(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
