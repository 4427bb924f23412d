package io.ruche.sandbox.nativeapp;

import io.ruche.sandbox.nativeapp.ResourceGroups.Kind;
import io.ruche.sandbox.nativeapp.ResourceGroups.Parent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The group of one run: its limits, and whether the kernel had to enforce them. */
final class ResourceGroup implements AutoCloseable {
  /** How long the kernel may take to let go of the last process. */
  private static final Duration EMPTY_TIME = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  private record Part(Kind kind, Path folder) {}

  private final List<Part> parts;

  private ResourceGroup(List<Part> parts) {
    this.parts = parts;
  }

  static ResourceGroup open(List<Parent> parents, String name, long memoryBytes, int processes)
      throws IOException {
    var parts = new ArrayList<Part>();
    var group = new ResourceGroup(parts);
    try {
      for (var parent : parents) {
        var folder = Files.createDirectory(parent.folder().resolve(name));
        parts.add(new Part(parent.kind(), folder));
        switch (parent.kind()) {
          case MEMORY_V1 -> {
            limit(folder, "memory.limit_in_bytes", memoryBytes);
            limitIfThere(folder, "memory.memsw.limit_in_bytes", memoryBytes);
          }
          case PIDS_V1 -> limit(folder, "pids.max", processes);
          case BOTH_V2 -> {
            limit(folder, "memory.max", memoryBytes);
            limitIfThere(folder, "memory.swap.max", 0);
            limitIfThere(folder, "memory.oom.group", 1);
            limit(folder, "pids.max", processes);
          }
        }
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw e;
    }
  }

  private static void limit(Path folder, String file, long value) throws IOException {
    Files.writeString(folder.resolve(file), Long.toString(value));
  }

  private static void limitIfThere(Path folder, String file, long value) throws IOException {
    if (Files.exists(folder.resolve(file))) {
      limit(folder, file, value);
    }
  }

  /** Whether it limits the memory of the run as a whole. */
  boolean limitsMemory() {
    return parts.stream().anyMatch(part -> part.kind() != Kind.PIDS_V1);
  }

  /** Whoever writes 0 into these is in the group, and all that it starts. */
  List<Path> doors() {
    return parts.stream().map(part -> part.folder().resolve("cgroup.procs")).toList();
  }

  /** Whether the kernel killed a process because the memory was used up. */
  boolean hasRunOutOfMemory() {
    return parts.stream().anyMatch(part -> switch (part.kind()) {
      case MEMORY_V1 -> killed(part.folder().resolve("memory.oom_control")) > 0;
      case BOTH_V2 -> killed(part.folder().resolve("memory.events")) > 0;
      case PIDS_V1 -> false;
    });
  }

  private static long killed(Path counters) {
    try {
      return Files.readAllLines(counters).stream()
          .filter(line -> line.startsWith("oom_kill "))
          .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Ends what is still in it, and removes it. */
  @Override
  public void close() {
    parts.forEach(part -> remove(part.folder()));
  }

  /** Removes a folder of groups that a killed worker may have left, with what runs in them. */
  static void removeAll(Path runs) {
    try (var groups = Files.newDirectoryStream(runs, Files::isDirectory)) {
      groups.forEach(ResourceGroup::remove);
    } catch (IOException e) {
      return; // it is not there
    }
    remove(runs);
  }

  private static void remove(Path folder) {
    long deadline = System.nanoTime() + EMPTY_TIME.toNanos();
    while (!isRemoved(folder) && System.nanoTime() < deadline) {
      kill(folder);
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static boolean isRemoved(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void kill(Path folder) {
    try {
      for (var pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        var process = ProcessHandle.of(Long.parseLong(pid));
        if (process.isPresent()
            && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
          var _ = process.get().destroyForcibly();
        }
      }
    } catch (IOException e) {
      // It is gone.
    }
  }
}
