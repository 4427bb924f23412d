package io.ruche.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param name unique within a home, such as {@code worker-2}
 * @param environment variables added to those of this process
 * @param log file that takes both output streams, appended
 */
public record Launch(
    String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
  public Launch {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException(
          "expected a process name such as worker-2, found: " + name);
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
