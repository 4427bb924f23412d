package io.ruche.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process as Linux counts it in its status file; elsewhere nothing is known. */
final class ResidentMemory {
  /** The most that it ever held. */
  static final String PEAK = "VmHWM:";

  /** What it holds. */
  static final String NOW = "VmRSS:";

  private static final double KIB_PER_MIB = 1024;

  private ResidentMemory() {}

  /** What it holds now; 0 for a process that is gone. */
  static double mebibytes(long pid) {
    return kib(pid, NOW) / KIB_PER_MIB;
  }

  /** The most that it held so far; 0 for a process that is gone. */
  static double peakMebibytes(long pid) {
    return kib(pid, PEAK) / KIB_PER_MIB;
  }

  /** 0 for a process that is gone. */
  static long kib(long pid, String key) {
    try {
      return parseKib(Files.readString(Path.of("/proc/" + pid + "/status")), key);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The value in the text of a status file; 0 when it names none, as a dying process does. */
  static long parseKib(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
