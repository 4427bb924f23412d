package io.ruche.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of loaded classes, one for each kind of process, with which Java starts in about half the
 * time (JEP 483 and 514). They are written once, after a build, by processes that do a task.
 */
public final class AotCache {
  /** System property: the folder that holds them; without it processes start without. */
  public static final String FOLDER = "ruche.caches";

  /** System property: the folder to which every process of a kind writes its own as it ends. */
  public static final String OUTPUT = "ruche.cachesOutput";

  private AotCache() {}

  /** Java flags of a process of this kind, as this process's properties say. */
  public static List<String> flags(String kind) {
    var output = System.getProperty(OUTPUT);
    if (output != null) {
      return List.of("-XX:AOTCacheOutput=" + file(output, kind));
    }
    var folder = System.getProperty(FOLDER);
    return folder == null ? List.of() : flags(file(folder, kind));
  }

  /** Java leaves out a cache that does not fit; its words about that are nobody's concern. */
  static List<String> flags(Path file) {
    return Files.exists(file) ? List.of("-XX:AOTCache=" + file, "-Xlog:disable") : List.of();
  }

  private static Path file(String folder, String kind) {
    return Path.of(folder, kind + ".aot");
  }
}
