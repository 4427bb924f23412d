package io.ruche.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** What {@code /proc} tells of processes. */
public final class ProcessFacts {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STATE = 0;
  private static final int USER_TIME = 11;

  private ProcessFacts() {}

  /** As {@code ps} shows it; X for one that is gone. */
  public static char state(long pid) {
    return field(pid, STATE).charAt(0);
  }

  /** Processor time in the kernel's ticks. */
  public static long ticks(Collection<Long> pids) {
    return pids.stream()
        .mapToLong(pid ->
            Long.parseLong(field(pid, USER_TIME)) + Long.parseLong(field(pid, USER_TIME + 1)))
        .sum();
  }

  /** Fails with {@code what} when it does not come true. */
  public static void await(String what, BooleanSupplier fact) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!fact.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** A signal is obeyed a moment after it was sent. */
  public static void awaitStill(Collection<Long> pids) {
    await("standstill of " + pids, () -> pids.stream().allMatch(pid -> state(pid) == 'T'));
  }

  public static void awaitMoving(long pid) {
    await("process " + pid + " to go on", () -> "SR".indexOf(state(pid)) >= 0);
  }

  /** Gone, or a corpse that its parent has not looked at. */
  public static void awaitEnd(Collection<Long> pids) {
    await("end of " + pids, () -> pids.stream().allMatch(pid -> "XZ".indexOf(state(pid)) >= 0));
  }

  private static String field(long pid, int number) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[number];
    } catch (NoSuchFileException e) {
      return number == STATE ? "X" : "0";
    } catch (IOException e) {
      if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
        return number == STATE ? "X" : "0";
      }
      throw new UncheckedIOException(e);
    }
  }
}
