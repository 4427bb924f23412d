package io.ruche.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of loaded classes, one for each kind of process, with which Java starts in about half the
 * time (JEP 483 and 514). They are written once, after a build, by processes that do a task; a
 * process hands the folder on to those that it starts.
 */
public final class AotCache {
  /** System property: the folder that holds them; without it processes start without. */
  public static final String FOLDER = "ruche.caches";

  /** System property: the folder to which every process of a kind writes its own as it ends. */
  public static final String OUTPUT = "ruche.cachesOutput";

  private AotCache() {}

  /** Java flags of a process of this kind, as this process's properties say. */
  public static List<String> flags(String kind) {
    var output = System.getProperty(OUTPUT, "");
    return output.isEmpty()
        ? folder().map(folder -> flags(folder, kind)).orElse(List.of())
        : List.of("-XX:AOTCacheOutput=" + file(Path.of(output), kind));
  }

  /** The same with a folder that is named; processes that it starts in turn find theirs in it. */
  static List<String> flags(Path folder, String kind) {
    var file = file(folder, kind);
    // Java leaves out a cache that does not fit; its words about that are nobody's concern.
    return Files.exists(file)
        ? List.of("-XX:AOTCache=" + file, "-Xlog:disable", "-D" + FOLDER + "=" + folder)
        : List.of();
  }

  /** What the runners of modules are started with; null for none. */
  public static @Nullable Path ofRunners() {
    return folder().map(AotCache::ofRunners).orElse(null);
  }

  /** The same in a folder that is named. */
  public static Path ofRunners(Path folder) {
    return file(folder, "runner");
  }

  private static Optional<Path> folder() {
    var folder = System.getProperty(FOLDER, "");
    return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
  }

  private static Path file(Path folder, String kind) {
    return folder.resolve(kind + ".aot");
  }
}
