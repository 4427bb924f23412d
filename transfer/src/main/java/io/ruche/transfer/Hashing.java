package io.ruche.transfer;

import io.ruche.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over streams and files. */
public final class Hashing {
  private static final int BUFFER_BYTES = 1 << 16;

  private Hashing() {}

  /** The hash of a file's bytes. */
  public static Sha256 sha256Of(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      return sha256Of(stream);
    }
  }

  /** The hash of all bytes left in the stream, which stays open. */
  static Sha256 sha256Of(InputStream stream) throws IOException {
    return sha256Of(stream, BUFFER_BYTES);
  }

  /**
   * The same of a stream of about so many bytes.
   *
   * @param sizeBytes rules the size of the buffer alone, as most results are small
   */
  static Sha256 sha256Of(InputStream stream, long sizeBytes) throws IOException {
    var digest = sha256();
    byte[] buffer = new byte[Math.clamp(sizeBytes, 1, BUFFER_BYTES)];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return Sha256.of(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
