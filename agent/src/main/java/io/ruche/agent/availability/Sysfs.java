package io.ruche.agent.availability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small files in which the kernel tells about devices. */
final class Sysfs {
  private static final int MAX_BYTES = 4_096;
  private static final int MAX_DEVICES = 256;

  private Sysfs() {}

  /** The text of a file; empty when it cannot be read, as a device that just left cannot. */
  static Optional<String> text(Path file) {
    return text(file, MAX_BYTES);
  }

  static Optional<String> text(Path file, int maxBytes) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<Long> number(Path file) {
    return text(file).filter(text -> text.matches("-?\\d{1,18}")).map(Long::parseLong);
  }

  static List<Path> devices(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.limit(MAX_DEVICES).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }
}
