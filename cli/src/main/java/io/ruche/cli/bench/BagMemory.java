package io.ruche.cli.bench;

import io.ruche.cli.process.ProcessRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Memory of processes and of their children, over a bag's run: early, which is when a tenth of the
 * tasks is done and everything is warm, at the end, and the peak. For one thread.
 */
final class BagMemory {
  private static final int EARLY_DIVISOR = 10;

  private final SequencedMap<String, Figures> byName = new LinkedHashMap<>();

  /** In KiB; 0 where nothing is known. */
  record Figures(long peak, long early, long last) {
    static final Figures NONE = new Figures(0, 0, 0);

    private Figures with(long foundPeak, long now, boolean isEarly) {
      return new Figures(Math.max(peak, foundPeak), isEarly && now > 0 ? now : early, now);
    }
  }

  /** Reads what lives now; short-lived children are caught by calling this often. */
  void sample(List<ProcessRecord> processes, long done, long tasks) {
    boolean isEarly = done <= tasks / EARLY_DIVISOR;
    for (var process : processes) {
      if (process.isRunning()) {
        note(process.name(), List.of(process.pid()), isEarly);
        note(process.name() + " runners", children(process.pid()), isEarly);
      }
    }
  }

  /** By process; those without memory are left out. */
  SequencedMap<String, Figures> figures() {
    var result = new LinkedHashMap<>(byName);
    result.values().removeIf(figures -> figures.peak() == 0);
    return result;
  }

  private void note(String name, List<Long> pids, boolean isEarly) {
    long peak = pids.stream()
        .mapToLong(pid -> ResidentMemory.kib(pid, ResidentMemory.PEAK))
        .sum();
    long now = pids.stream()
        .mapToLong(pid -> ResidentMemory.kib(pid, ResidentMemory.NOW))
        .sum();
    byName.put(name, byName.getOrDefault(name, Figures.NONE).with(peak, now, isEarly));
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }
}
