package io.ruche.agent.state;

import io.ruche.core.RucheException;
import io.ruche.worker.AttemptId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The folders of all attempts: {@code work/<task>-<attempt>} below the home. Emptied ones wait in
 * {@code spare} beside it, where no app sees them. Any thread may call.
 */
public final class WorkFolders {
  /** What a fast worker is told to be settled with a few blocks; three empty folders each. */
  private static final int MAX_SPARE = 256;

  private final Path root;
  private final Path spareRoot;

  /** Emptied, for the next attempts: to rename one takes a tenth of making and deleting three. */
  private final BlockingQueue<WorkFolder> spare = new ArrayBlockingQueue<>(MAX_SPARE);

  private final AtomicLong spares = new AtomicLong();

  public WorkFolders(Path home) {
    this.root = home.resolve("work");
    this.spareRoot = home.resolve("spare");
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
      if (!isTakenFromSpare(folder)) {
        Files.createDirectories(folder.input());
        Files.createDirectories(folder.output());
      }
      return folder;
    } catch (IOException e) {
      throw failed(folder.root(), e);
    }
  }

  private boolean isTakenFromSpare(WorkFolder folder) {
    var emptied = spare.poll();
    if (emptied == null) {
      return false;
    }
    try {
      Files.move(emptied.root(), folder.root(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      return false; // somebody tidied up
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

  /**
   * As {@link #discard}, for an attempt that has ended and could change nothing of the folders
   * themselves, such as who may use them: they serve another one.
   */
  public void recycle(AttemptId id) {
    var folder = of(id);
    try {
      delete(folder.root(), Set.of(folder.root(), folder.input(), folder.output()));
      boolean isWhole = Files.isDirectory(folder.input(), LinkOption.NOFOLLOW_LINKS)
          && Files.isDirectory(folder.output(), LinkOption.NOFOLLOW_LINKS);
      if (!isWhole || spare.remainingCapacity() == 0 || !isKept(folder)) {
        delete(folder.root());
      }
    } catch (IOException e) {
      throw failed(folder.root(), e);
    }
  }

  private boolean isKept(WorkFolder folder) throws IOException {
    var emptied = new WorkFolder(spareRoot.resolve(String.valueOf(spares.incrementAndGet())));
    try {
      Files.move(folder.root(), emptied.root(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      return false; // no such folder, or another disk
    }
    if (!spare.offer(emptied)) {
      delete(emptied.root());
    }
    return true;
  }

  /** Deletes what no held attempt needs, after a start. */
  public void keepOnly(Set<AttemptId> held) {
    var names = new HashSet<String>();
    held.forEach(id -> names.add(nameOf(id)));
    try {
      spare.clear();
      delete(spareRoot);
      Files.createDirectories(spareRoot);
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

  private static void delete(Path tree) throws IOException {
    delete(tree, Set.of());
  }

  /** Deletes a tree but for some of its folders, without following links. */
  private static void delete(Path tree, Set<Path> kept) throws IOException {
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
        if (!kept.contains(folder)) {
          Files.deleteIfExists(folder);
        }
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
