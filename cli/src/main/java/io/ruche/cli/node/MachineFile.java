package io.ruche.cli.node;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a worker's folder keeps what was measured: joining again does not measure again. */
final class MachineFile {
  static final String NAME = "machine.json";

  private MachineFile() {}

  static void write(Path file, MachineFigures figures) {
    try {
      Files.writeString(file, figures.toJson().toPrettyString() + "\n");
    } catch (IOException e) {
      throw new RucheException(
          "HOME_UNUSABLE",
          "cannot write %s: %s.".formatted(file, e),
          "Free some space, or choose another home with --home.",
          false,
          e);
    }
  }
}
