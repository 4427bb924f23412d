package io.ruche.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Native libraries for Linux inside jars, told by their first bytes and not by their names. */
final class NativeLibraries {
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  private static final int HEADER_BYTES = 20;
  private static final int SYSTEM = 7;
  private static final int FREE_BSD = 9;
  private static final int MACHINE = 18;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;

  /** How libraries for x86-64 and for arm64 name the machine that they are for. */
  private static final List<String> OURS = List.of("x86_64", "x86-64", "amd64", "x64");

  private static final List<String> TWINS = List.of("aarch64", "arm64");

  private NativeLibraries() {}

  /** A sentence for each library for x86-64 that has none for arm64 beside it. */
  static List<String> withoutTwin(List<Path> jars) throws IOException {
    var found = new ArrayList<String>();
    for (var jar : jars) {
      var machines = machines(jar);
      machines.forEach((name, machine) -> {
        if (machine == X86_64 && twinsOf(name).noneMatch(twin -> isTwin(machines, twin))) {
          found.add("%s has %s for x86-64 and none for aarch64".formatted(jar.getFileName(), name));
        }
      });
    }
    return found;
  }

  /** How many there are, so that a search that finds none is noticed. */
  static long count(List<Path> jars) throws IOException {
    long count = 0;
    for (var jar : jars) {
      count +=
          machines(jar).values().stream().filter(machine -> machine == X86_64).count();
    }
    return count;
  }

  private static boolean isTwin(Map<String, Integer> machines, String name) {
    return machines.getOrDefault(name, 0) == AARCH64;
  }

  private static Stream<String> twinsOf(String name) {
    return OURS.stream()
        .filter(name::contains)
        .flatMap(ours -> TWINS.stream().map(twin -> name.replace(ours, twin)));
  }

  /** The machine of each ELF library for Linux, by its name in the jar. */
  private static Map<String, Integer> machines(Path file) throws IOException {
    var machines = new HashMap<String, Integer>();
    try (var jar = new JarFile(file.toFile())) {
      for (var entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
        byte[] header = header(jar, entry);
        if (isLinux(header)) {
          machines.put(
              entry.getName(), (header[MACHINE] & 0xff) | ((header[MACHINE + 1] & 0xff) << 8));
        }
      }
    }
    return machines;
  }

  private static byte[] header(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readNBytes(HEADER_BYTES);
    }
  }

  private static boolean isLinux(byte[] header) {
    if (header.length < HEADER_BYTES || header[SYSTEM] == FREE_BSD) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (header[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }
}
