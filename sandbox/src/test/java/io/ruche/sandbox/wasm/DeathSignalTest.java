package io.ruche.sandbox.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeathSignalTest {
  @TempDir
  Path folder;

  @Test
  void aToolThatDoesWhatIsAskedIsUsed() throws IOException {
    var tool = tool("while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");

    assertThat(new DeathSignal(Optional.of(tool)).prefix())
        .containsExactly(tool.toString(), "--pdeathsig", "KILL", "--");
  }

  @Test
  void withoutAToolOrWithALesserOneNothingStandsBefore() throws IOException {
    var lesser = tool("echo \"unrecognized option '$1'\" >&2; exit 1");

    assertThat(new DeathSignal(Optional.empty()).prefix()).isEmpty();
    assertThat(new DeathSignal(Optional.of(lesser)).prefix()).isEmpty();
    assertThat(new DeathSignal(Optional.of(folder.resolve("none"))).prefix()).isEmpty();
  }

  private Path tool(String lines) throws IOException {
    var file = Files.writeString(folder.resolve("setpriv"), "#!/bin/sh\n" + lines + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
