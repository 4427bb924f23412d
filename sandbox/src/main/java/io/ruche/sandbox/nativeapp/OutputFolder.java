package io.ruche.sandbox.nativeapp;

import io.ruche.core.RunLimits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The folder that a run writes: measured while it runs, and made the worker's own afterwards. */
final class OutputFolder {
  private static final int MAX_SECONDS = 60;

  private final Path folder;
  private final RunLimits limits;

  OutputFolder(Path folder, RunLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * What lies in it.
   *
   * @param isComplete false when something could not be looked at
   */
  record Measure(long bytes, int files, boolean isComplete) {}

  /** Stops counting once a limit is passed. */
  Measure measure() {
    var count = new Count();
    try {
      Files.walkFileTree(folder, count);
    } catch (IOException e) {
      count.isComplete = false;
    }
    return new Measure(count.bytes, count.files, count.isComplete);
  }

  boolean isOver(Measure measure, long hiddenBytes) {
    return measure.bytes() + hiddenBytes > limits.outputBytes()
        || measure.files() > limits.outputFiles();
  }

  /**
   * Makes everything in it readable and removable for the worker, whatever modes and names the app
   * chose. Only when no process of the run is left.
   *
   * @return false when that could not be done, and the folder was emptied instead
   */
  boolean takeBack() throws IOException {
    if (measure().isComplete()) {
      return true;
    }
    run("chmod", "-R", "u+rwX", "--", folder.toString());
    if (measure().isComplete()) {
      return true;
    }
    run("find", folder.toString(), "-mindepth", "1", "-delete");
    return false;
  }

  /** These tools go down by folder handles, so no depth stops them, and follow no links. */
  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(List.of(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    boolean isInterrupted = Thread.interrupted();
    try {
      var _ = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      isInterrupted = true;
    } finally {
      process.destroyForcibly();
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Count extends SimpleFileVisitor<Path> {
    private long bytes;
    private int files;
    private boolean isComplete = true;

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return path.equals(folder) ? FileVisitResult.CONTINUE : add(0);
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !Files.isReadable(path)) {
        isComplete = false;
      }
      return add(attributes.size());
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException why) {
      isComplete &= Files.notExists(path); // it may have been removed meanwhile
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException why) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult add(long sizeBytes) {
      files++;
      bytes += sizeBytes;
      return bytes > limits.outputBytes() || files > limits.outputFiles()
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }
  }
}
