package io.ruche.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells one process from a later one that got the same number. On Linux: the boot and the clock
 * tick at which it started, which no clock change can alter; elsewhere the start time the system
 * reports.
 */
public record ProcessIdentity(String text) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int START_TICKS_AFTER_NAME = 19;

  /** The identity of the process that now has this number; empty when there is none. */
  public static Optional<ProcessIdentity> of(long pid) {
    var handle = ProcessHandle.of(pid);
    if (handle.isEmpty() || !handle.get().isAlive()) {
      return Optional.empty();
    }
    if (Files.isReadable(BOOT_ID)) {
      return ofLinux(pid);
    }
    return handle.get().info().startInstant().map(start -> new ProcessIdentity(start.toString()));
  }

  private static Optional<ProcessIdentity> ofLinux(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, in parentheses, may hold anything; the fields after it are numbers.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z")) {
        return Optional.empty();
      }
      var boot = Files.readString(BOOT_ID).strip();
      return Optional.of(new ProcessIdentity(boot + ":" + fields[START_TICKS_AFTER_NAME]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
