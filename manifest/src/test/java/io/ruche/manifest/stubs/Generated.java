package io.ruche.manifest.stubs;

import io.ruche.manifest.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stubs of the samples, as they were looked at and accepted. */
final class Generated {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private Generated() {}

  static Stub solidity(String sample) {
    return Stub.solidity(Samples.manifest(sample));
  }

  static Stub java(String sample) {
    return Stub.java(Samples.manifest(sample), "org.example");
  }

  /** Compares with the committed text; {@code -Druche.bless=true} writes it instead. */
  static String golden(Stub stub) {
    var file = GOLDEN.resolve(Path.of(stub.path()).getFileName() + ".txt");
    try {
      if (Boolean.getBoolean("ruche.bless")) {
        Files.writeString(file, stub.source());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
