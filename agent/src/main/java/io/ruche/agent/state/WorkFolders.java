package io.ruche.agent.state;

import io.ruche.core.RucheException;
import io.ruche.worker.AttemptId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders of all attempts: {@code work/<task>-<attempt>} below the home. Any thread may call.
 */
public final class WorkFolders {
  private final Path root;

  public WorkFolders(Path home) {
    this.root = home.resolve("work");
  }

  public Path root() {
    return root;
  }

  public WorkFolder of(AttemptId id) {
    return new WorkFolder(root.resolve(nameOf(id)));
  }

  /** Empty input and output folders for a run. */
  public WorkFolder fresh(AttemptId id) {
    var folder = of(id);
    try {
      delete(folder.root());
      Files.createDirectories(folder.input());
      Files.createDirectories(folder.output());
      return folder;
    } catch (IOException e) {
      throw failed(folder.root(), e);
    }
  }

  /** An empty output folder in place of what a run left. */
  public void clearOutput(AttemptId id) {
    var output = of(id).output();
    try {
      delete(output);
      Files.createDirectories(output);
    } catch (IOException e) {
      throw failed(output, e);
    }
  }

  public void discard(AttemptId id) {
    var folder = of(id).root();
    try {
      delete(folder);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Deletes what no held attempt needs, after a start. */
  public void keepOnly(Set<AttemptId> held) {
    var names = new HashSet<String>();
    held.forEach(id -> names.add(nameOf(id)));
    try {
      Files.createDirectories(root);
      try (var entries = Files.newDirectoryStream(root)) {
        for (var entry : entries) {
          if (!names.contains(String.valueOf(entry.getFileName()))) {
            delete(entry);
          }
        }
      }
    } catch (IOException e) {
      throw failed(root, e);
    }
  }

  /** Space left on the disk, in bytes. Asked before each run, so not by reading all mounts. */
  public long freeBytes() {
    long free = root.toFile().getUsableSpace();
    if (free > 0) {
      return free;
    }
    try {
      Files.createDirectories(root);
      return root.toFile().getUsableSpace();
    } catch (IOException e) {
      throw failed(root, e);
    }
  }

  private static String nameOf(AttemptId id) {
    return id.task() + "-" + id.number();
  }

  /** Deletes a tree without following links. */
  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(tree, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
          throws IOException {
        if (problem != null) {
          throw problem;
        }
        Files.deleteIfExists(folder);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  private static RucheException failed(Path path, IOException e) {
    return new RucheException(
        "WORK_FOLDER_UNUSABLE",
        "cannot use the folder %s: %s.".formatted(path, e),
        "Free some disk space and check who may write there.",
        true,
        e);
  }
}
