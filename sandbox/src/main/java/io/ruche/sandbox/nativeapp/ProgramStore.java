package io.ruche.sandbox.nativeapp;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Executable copies of the programs used last, checked while they are copied: the cache that they
 * come from holds plain files. Thread-safe.
 */
final class ProgramStore {
  static final int MAX_PROGRAMS = 16;

  private final Path folder;

  /** Oldest use first. */
  private final Map<Sha256, Path> programs = new LinkedHashMap<>(16, 0.75f, true);

  ProgramStore(Path folder) {
    this.folder = folder;
  }

  /** The executable copy; empty when the file is not what its checksum says. */
  synchronized Optional<Path> executable(Path file, Sha256 sha256) throws IOException {
    var known = programs.get(sha256);
    if (known != null) {
      return Optional.of(known);
    }
    var copy = folder.resolve(sha256.hex());
    if (!copy(file, copy).equals(sha256)) {
      Files.delete(copy);
      return Optional.empty();
    }
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-xr-xr-x"));
    programs.put(sha256, copy);
    if (programs.size() > MAX_PROGRAMS) {
      var oldest = programs.keySet().iterator().next();
      Files.deleteIfExists(programs.remove(oldest));
    }
    return Optional.of(copy);
  }

  private static Sha256 copy(Path from, Path to) throws IOException {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      Files.deleteIfExists(to);
      try (var in = new DigestInputStream(Files.newInputStream(from), sha256)) {
        Files.copy(in, to);
      }
      return Sha256.of(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
