package io.ruche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with what was blessed. {@code -Druche.bless=true} blesses what comes out now;
 * read the change before committing it.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void assertSame(String name, String found) throws IOException {
    var file = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("ruche.bless")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, found);
    }
    assertThat(found).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
