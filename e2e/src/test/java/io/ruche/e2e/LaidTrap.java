package io.ruche.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Trap} in the home of a process, as the test sees it. */
final class LaidTrap {
  private LaidTrap() {}

  /** Lays it, whole from the first moment. */
  static void lay(Path home, List<String> lines) {
    try {
      var other = Files.write(home.resolve(Trap.FILE + ".other"), lines);
      Files.move(other, home.resolve(Trap.FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processes that a killed one had started; null while the trap waits. */
  static @Nullable List<Long> sprung(Path home) {
    var file = home.resolve(Trap.KILLED);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      var processes = Files.readAllLines(file).stream().map(Long::valueOf).toList();
      Files.delete(file);
      return processes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
