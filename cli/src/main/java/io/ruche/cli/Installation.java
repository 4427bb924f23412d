package io.ruche.cli;

import io.ruche.core.RucheException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Where this build of Ruche is.
 *
 * @param root the repository
 * @param java the virtual machine's program
 * @param classpath of the processes that this one starts; as a rule its own
 */
public record Installation(Path root, Path java, String classpath) {
  /** System property: the jars of a build, for tests of it whose own classpath has them apart. */
  private static final String CLASSPATH = "ruche.classpath";

  private static final Pattern AGENT_JAR = Pattern.compile("ruche-agent-[^/\\\\]*\\.jar$");

  /** The one that this process runs from. */
  public static Installation current() {
    var given = System.getProperty("ruche.root");
    var classpath = System.getProperty(CLASSPATH, "");
    return new Installation(
        given == null ? search(Path.of("").toAbsolutePath()) : Path.of(given),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        classpath.isEmpty() ? System.getProperty("java.class.path") : classpath);
  }

  /** Whether it was unpacked from an archive, which has no sources and no development chain. */
  public static boolean isArchive() {
    return Boolean.getBoolean("ruche.archive");
  }

  /**
   * For commands that work from the repository alone.
   *
   * @param what the command, as people type it
   * @throws RucheException REPOSITORY_NEEDED
   */
  public static Installation requireRepository(String what) {
    if (isArchive()) {
      throw new RucheException(
          "REPOSITORY_NEEDED",
          "`%s` starts a development chain, which this archive does not hold.".formatted(what),
          "Run it from a clone of the repository; it needs a JDK 25, Maven and Node.js 20.",
          false);
    }
    return current();
  }

  /**
   * A worker's own: its jar names the few others that it needs, and each open jar takes memory. It
   * finds them beside it, so this holds where all jars lie in one folder; a build has them apart.
   */
  public String agentClasspath() {
    var paths = classpath.split(File.pathSeparator);
    long folders = Arrays.stream(paths)
        .map(path -> Path.of(path).toAbsolutePath().getParent())
        .distinct()
        .count();
    return Arrays.stream(paths)
        .filter(path -> folders == 1 && AGENT_JAR.matcher(path).find())
        .findFirst()
        .orElse(classpath);
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
