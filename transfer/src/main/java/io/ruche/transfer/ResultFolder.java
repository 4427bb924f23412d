package io.ruche.transfer;

import io.ruche.core.ResultDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The regular files of a folder that an app wrote, in order of their path bytes; links are refused.
 */
final class ResultFolder {
  private final OutputLimits limits;
  private final List<Item> items = new ArrayList<>();
  private long totalBytes;

  /** One file: its path in the result and where it is. */
  record Item(String path, Path file, long sizeBytes) {}

  private ResultFolder(OutputLimits limits) {
    this.limits = limits;
  }

  /**
   * Lists a folder without reading file contents.
   *
   * @throws io.ruche.core.RucheException INVALID_OUTPUT or OUTPUT_LIMIT
   */
  static List<Item> list(Path folder, OutputLimits limits) {
    var found = new ResultFolder(limits);
    try {
      Files.walkFileTree(folder, found.new Visitor(folder));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read the result folder " + folder, e);
    }
    found.items.sort(Comparator.comparing(
        item -> item.path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    return List.copyOf(found.items);
  }

  /** The same files with their hashes. */
  static List<ResultDigest.Entry> hash(List<Item> items) {
    return items.stream().map(ResultFolder::hash).toList();
  }

  private static ResultDigest.Entry hash(Item item) {
    try (InputStream stream = Files.newInputStream(item.file())) {
      return new ResultDigest.Entry(
          item.path(), item.sizeBytes(), Hashing.sha256Of(stream, item.sizeBytes()));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + item.file(), e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private int folders;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      folders++;
      if (folders > limits.maxFiles() + 1) {
        throw tooMuch("at most " + limits.maxFiles() + " folders");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var path = EntryName.of(root, file);
      EntryName.refusal(path).ifPresent(why -> refuse(path, why));
      if (!attributes.isRegularFile()) {
        refuse(path, attributes.isSymbolicLink() ? "is a link" : "is not a regular file");
      }
      totalBytes += attributes.size();
      if (items.size() == limits.maxFiles()) {
        throw tooMuch("at most " + limits.maxFiles() + " files");
      }
      if (totalBytes > limits.maxBytes()) {
        throw tooMuch("at most " + limits.maxBytes() + " bytes");
      }
      items.add(new Item(path, file, attributes.size()));
      return FileVisitResult.CONTINUE;
    }
  }

  private static void refuse(String path, String why) {
    throw TransferCode.INVALID_OUTPUT.error(
        "The result file '%s' %s.".formatted(Shown.of(path), why),
        "Let the app write plain files under /iexec_out.");
  }

  private static RuntimeException tooMuch(String expected) {
    return TransferCode.OUTPUT_LIMIT.error(
        "The result is too large: expected " + expected + ", found more.",
        "Let the app write less, or buy a category with a higher limit.");
  }
}
