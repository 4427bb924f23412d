package io.ruche.sandbox.nativeapp;

import io.ruche.sandbox.nativeapp.SystemCalls.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a program's first bytes, so that one which cannot run here is turned away instead of
 * failing in a way that other machines would not see.
 */
final class ProgramFile {
  private static final int HEADER_BYTES = 4_096;
  private static final int ELF_HEADER_BYTES = 64;
  private static final int ELF = 0x464c457f;
  private static final int IS_64_BIT = 2;
  private static final int IS_LITTLE_ENDIAN = 1;
  private static final int INTERPRETER = 3;

  /** Folders that runs see, in which an interpreter may lie. */
  private static final Path[] VISIBLE = {
    Path.of("/usr"), Path.of("/bin"), Path.of("/sbin"), Path.of("/lib"), Path.of("/lib64")
  };

  private ProgramFile() {}

  /** Why it cannot run on this machine; empty when it can. */
  static Optional<String> obstacle(Path file, Architecture architecture) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(HEADER_BYTES);
    }
    if (head.length > 2 && head[0] == '#' && head[1] == '!') {
      return script(head);
    }
    var buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (head.length < ELF_HEADER_BYTES || buffer.getInt(0) != ELF) {
      return Optional.of("expected a Linux program (ELF) or a script that begins with #!");
    }
    if (head[4] != IS_64_BIT
        || head[5] != IS_LITTLE_ENDIAN
        || buffer.getShort(18) != architecture.elfMachine) {
      return Optional.of("the program is for another kind of processor than " + architecture);
    }
    return interpreter(head, buffer);
  }

  private static Optional<String> interpreter(byte[] head, ByteBuffer elf) {
    long table = elf.getLong(32);
    int entryBytes = Short.toUnsignedInt(elf.getShort(54));
    int entries = Short.toUnsignedInt(elf.getShort(56));
    for (int i = 0; i < entries; i++) {
      long entry = table + (long) i * entryBytes;
      if (entry < 0 || entry + 40 > elf.limit()) {
        return Optional.empty(); // the kernel looks at it again
      }
      if (elf.getInt((int) entry) == INTERPRETER) {
        long offset = elf.getLong((int) entry + 8);
        long length = elf.getLong((int) entry + 32);
        return offset < 0 || length < 1 || length > HEADER_BYTES || offset + length > elf.limit()
            ? Optional.empty()
            : missing(text(head, (int) offset, (int) (offset + length - 1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> script(byte[] head) {
    int end = 2;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    var words = text(head, 2, end).strip().split("[ \t]+", -1);
    var missing = missing(words[0]);
    if (missing.isEmpty() && words[0].endsWith("/env") && words.length == 2) {
      return Stream.of("/usr/local/bin", "/usr/bin", "/bin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, words[1])))
          ? Optional.empty()
          : Optional.of("this machine has no " + words[1]);
    }
    return missing;
  }

  private static Optional<String> missing(String program) {
    var path = Path.of(program).normalize();
    boolean isVisible = Stream.of(VISIBLE).anyMatch(path::startsWith);
    return isVisible && Files.isExecutable(path)
        ? Optional.empty()
        : Optional.of("this machine has no " + program);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
