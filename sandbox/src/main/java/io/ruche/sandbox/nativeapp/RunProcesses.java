package io.ruche.sandbox.nativeapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the processes of a run hold, read from {@code /proc}. */
final class RunProcesses {
  private static final String DELETED = " (deleted)";
  private static final long KIBIBYTE = 1_024;

  private final ProcessHandle root;

  RunProcesses(ProcessHandle root) {
    this.root = root;
  }

  private List<Path> folders() {
    return root.descendants()
        .map(process -> Path.of("/proc", Long.toString(process.pid())))
        .toList();
  }

  /** Memory that is theirs alone or shared by them, in bytes; shared memory counts repeatedly. */
  long memoryBytes() {
    return folders().stream().mapToLong(RunProcesses::memoryBytes).sum();
  }

  private static long memoryBytes(Path process) {
    try {
      return Files.readAllLines(process.resolve("status")).stream()
          .filter(line -> line.startsWith("RssAnon:") || line.startsWith("RssShmem:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
          .sum();
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  /** Bytes of open files on the output's disk that have no name any more. */
  long deletedBytes(Path output) {
    try {
      long disk = (long) Files.getAttribute(output, "unix:dev");
      return folders().stream()
          .mapToLong(process -> deletedBytes(process, disk))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long deletedBytes(Path process, long disk) {
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.mapToLong(link -> deletedFileBytes(link, disk)).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long deletedFileBytes(Path link, long disk) {
    try {
      return Files.readSymbolicLink(link).toString().endsWith(DELETED)
              && (long) Files.getAttribute(link, "unix:dev") == disk
          ? Files.size(link)
          : 0;
    } catch (IOException e) {
      return 0; // it was closed
    }
  }

  /** Whether the process with this number is still there and not yet dead. */
  static boolean isRunning(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return stat.contains("(bwrap)") && state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }
}
