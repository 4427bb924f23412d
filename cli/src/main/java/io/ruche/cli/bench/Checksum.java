package io.ruche.cli.bench;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums of small files. */
final class Checksum {
  private Checksum() {}

  static Sha256 of(Path file) throws IOException {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
