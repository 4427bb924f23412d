package io.ruche.sandbox.nativeapp;

import io.ruche.sandbox.OperatingSystem;
import io.ruche.sandbox.nativeapp.SystemCalls.Architecture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox stands on, found at the start.
 *
 * @param isRoot whether this process may become other users
 * @param processors numbers of those that it may use
 * @param limits of this process, which runs inherit
 */
record Machine(
    Path bubblewrap,
    Path prlimit,
    Path setpriv,
    Architecture architecture,
    boolean isRoot,
    List<Integer> processors,
    Limits limits) {
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/bin", "/bin");

  Machine {
    processors = List.copyOf(processors);
  }

  /** Looks for everything; says what is missing. */
  static Machine find() throws IOException {
    var architecture = Architecture.named(System.getProperty("os.arch"))
        .orElseThrow(() -> new IOException(
            "no filter of system calls is known for " + System.getProperty("os.arch")));
    if (!OperatingSystem.current().hasNamespaces()) {
      throw new IOException("native programs run on Linux only");
    }
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new Machine(
        find("bwrap", "bubblewrap", List.of(path.split(File.pathSeparator))),
        find("prlimit", "util-linux", SYSTEM_FOLDERS),
        find("setpriv", "util-linux", SYSTEM_FOLDERS),
        architecture,
        (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0,
        allowedProcessors(),
        new Limits(Files.readAllLines(Path.of("/proc/self/limits"))));
  }

  private static Path find(String program, String in, List<String> folders) throws IOException {
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("%s is not installed (%s)".formatted(program, in)));
  }

  /** From a line such as {@code Cpus_allowed_list: 0-3,8}. */
  private static List<Integer> allowedProcessors() throws IOException {
    var numbers = new ArrayList<Integer>();
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        for (var range : line.substring(line.indexOf(':') + 1).strip().split(",", -1)) {
          var ends = range.split("-", -1);
          for (int i = Integer.parseInt(ends[0]);
              i <= Integer.parseInt(ends[ends.length - 1]);
              i++) {
            numbers.add(i);
          }
        }
      }
    }
    return numbers;
  }

  /** What {@code /proc/self/limits} said. */
  record Limits(List<String> lines) {
    Limits {
      lines = List.copyOf(lines);
    }

    /** A limit that this process has itself and so cannot raise, at most {@code wanted}. */
    long atMost(String ownLimit, long wanted) {
      return lines.stream()
          .filter(line -> line.startsWith(ownLimit))
          .map(line -> line.substring(ownLimit.length()).strip().split(" +", -1)[1])
          .filter(hard -> !hard.equals("unlimited"))
          .mapToLong(hard -> Math.min(wanted, Long.parseLong(hard)))
          .findFirst()
          .orElse(wanted);
    }
  }
}
