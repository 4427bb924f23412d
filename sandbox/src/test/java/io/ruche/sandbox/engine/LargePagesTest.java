package io.ruche.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LargePagesTest {
  private static final long PAGE = 4096;
  private static final long SMALL = 1L << 20;
  private static final long LARGE = 8L << 20;
  private static final Path KERNEL = Path.of("/sys/kernel/mm/transparent_hugepage");

  @Test
  void theKernelHearsOfAMemoryThatIsLarge() throws Exception {
    assumeTrue(Files.exists(KERNEL), "a kernel with large pages");
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(LARGE, PAGE);

      new LargePages().began(memory.asByteBuffer());

      assertThat(flags(memory)).contains("hg");
    }
  }

  @Test
  void theKernelHearsOfAMemoryThatBecameLargeInTheRunBefore() throws Exception {
    assumeTrue(Files.exists(KERNEL), "a kernel with large pages");
    try (var arena = Arena.ofConfined()) {
      var memory = arena.allocate(SMALL, PAGE);
      var pages = new LargePages();
      pages.noticed(arena.allocate(LARGE, PAGE).asByteBuffer());

      pages.began(memory.asByteBuffer());

      assertThat(flags(memory)).contains("hg");
    }
  }

  /** What the kernel notes for the mapping that this memory is in. */
  private static String flags(MemorySegment memory) throws IOException {
    boolean isFound = false;
    for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        long from = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
        long to =
            Long.parseUnsignedLong(line.substring(line.indexOf('-') + 1, line.indexOf(' ')), 16);
        isFound = from <= memory.address() && memory.address() < to;
      } else if (isFound && line.startsWith("VmFlags:")) {
        return line;
      }
    }
    throw new IllegalStateException("expected a mapping of " + memory);
  }
}
