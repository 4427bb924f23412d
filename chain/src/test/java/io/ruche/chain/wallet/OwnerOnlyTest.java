package io.ruche.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir
  Path folder;

  @Test
  void nobodyElseMayReadTheFile() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));

    var file = Files.createFile(folder.resolve("password"), OwnerOnly.in(folder));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** Files in a zip archive know no such rights, as those of Windows do not. */
  @Test
  void whereThereAreNoSuchRightsTheFileIsMadeAllTheSame() throws Exception {
    try (var other =
        FileSystems.newFileSystem(folder.resolve("other.zip"), Map.of("create", "true"))) {
      var root = other.getPath("/");

      assertThat(OwnerOnly.in(root)).isEmpty();
      assertThat(Files.createFile(root.resolve("password"), OwnerOnly.in(root))).exists();
    }
  }
}
