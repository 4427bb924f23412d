package io.ruche.agent.settings;

import io.ruche.core.RucheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings again when the settings file changed. What may change while the worker runs is
 * {@link AvailabilitySettings}; a file that changes more is not taken over, and that is said. Used
 * by one thread.
 */
public final class SettingsWatch implements Supplier<Optional<AvailabilitySettings>> {
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final @Nullable Path file;
  private AgentSettings current;
  private @Nullable FileTime changed;

  /** Of a worker that runs with {@code current}, which these arguments gave. */
  public SettingsWatch(
      List<String> arguments, Map<String, String> environment, AgentSettings current) {
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.current = current;
    file = file(arguments);
    changed = changed();
  }

  private static @Nullable Path file(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.startsWith(SettingsReader.FILE_FLAG + "=")) {
        return Path.of(argument.substring(SettingsReader.FILE_FLAG.length() + 1));
      }
      if (argument.equals(SettingsReader.FILE_FLAG) && i + 1 < arguments.size()) {
        return Path.of(arguments.get(i + 1));
      }
    }
    return null;
  }

  /**
   * New settings, once after each change of the file.
   *
   * @throws RucheException SETTINGS_INVALID or RESTART_NEEDED: the old ones stay
   */
  @Override
  public Optional<AvailabilitySettings> get() {
    var found = changed();
    if (found == null || found.equals(changed)) {
      return Optional.empty();
    }
    changed = found;
    var next = SettingsReader.read(arguments, environment);
    if (!next.equals(current.with(next.availability()))) {
      throw new RucheException(
          "RESTART_NEEDED",
          "the settings file %s changes more than when the machine may work.".formatted(file),
          "Restart the worker, or change availability keys alone; nothing was taken over.",
          false);
    }
    current = next;
    return Optional.of(next.availability());
  }

  private @Nullable FileTime changed() {
    try {
      return file == null ? null : Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return null;
    }
  }
}
