package io.ruche.agent.availability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells one process from a later one that got the same number.
 *
 * @param identity on Linux the boot and the clock tick at which it started, which no clock change
 *     can alter; elsewhere the start time that the system reports
 */
public record ProcessMark(long pid, String identity) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int START_TICKS_AFTER_NAME = 19;

  /** Of this process. */
  public static ProcessMark current() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** Of the process that now has this number; empty when there is none. */
  public static Optional<ProcessMark> of(long pid) {
    var handle = ProcessHandle.of(pid);
    if (handle.isEmpty() || !handle.get().isAlive()) {
      return Optional.empty();
    }
    var identity = Files.isReadable(BOOT_ID)
        ? onLinux(pid)
        : handle.get().info().startInstant().map(Object::toString);
    return identity.map(text -> new ProcessMark(pid, text));
  }

  /**
   * Empty for one that has ended too, which keeps its number until its parent has asked for its
   * end; in a container that may be never.
   */
  private static Optional<String> onLinux(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, in parentheses, may hold anything; the fields after it are numbers.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z")) {
        return Optional.empty();
      }
      var boot = Files.readString(BOOT_ID).strip();
      return Optional.of(boot + ":" + fields[START_TICKS_AFTER_NAME]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** True while this very process runs. */
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }
}
