package io.ruche.cli;

import io.ruche.core.RucheException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where this build of Ruche is.
 *
 * @param root the repository
 * @param java the virtual machine's program
 * @param classpath of this process; also that of the processes it starts
 */
public record Installation(Path root, Path java, String classpath) {
  /** The one that this process runs from. */
  public static Installation current() {
    var given = System.getProperty("ruche.root");
    return new Installation(
        given == null ? search(Path.of("").toAbsolutePath()) : Path.of(given),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"));
  }

  public Path contracts() {
    return root.resolve("contracts");
  }

  public Path examples() {
    return root.resolve("examples");
  }

  /**
   * Started without the launcher, as tests are: the nearest folder above that holds the contracts.
   */
  private static Path search(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("contracts/foundry.toml"))) {
        return folder;
      }
    }
    throw new RucheException(
        "INSTALLATION_UNKNOWN",
        "there is no Ruche repository at or above %s.".formatted(start),
        "Start the command with the script `ruche` of the repository.",
        false);
  }
}
