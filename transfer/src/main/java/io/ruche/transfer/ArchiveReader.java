package io.ruche.transfer;

import io.ruche.core.ComputedFile;
import io.ruche.core.ResultDigest;
import io.ruche.core.RucheException;
import io.ruche.core.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads the archive of a stranger: bounded in entries and bytes, whatever its headers claim. */
final class ArchiveReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Fixed part, longest path, and the extra field of large files. */
  private static final long MAX_DIRECTORY_ENTRY_BYTES = 46 + OutputLimits.MAX_PATH_BYTES + 64;

  private final Path path;
  private final ZipFile zip;
  private final OutputLimits limits;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private interface Sink {
    void take(byte[] bytes, int count) throws IOException;
  }

  private ArchiveReader(Path path, ZipFile zip, OutputLimits limits) {
    this.path = path;
    this.zip = zip;
    this.limits = limits;
  }

  static ArchiveReader open(Path path, OutputLimits limits) {
    try {
      refuseHugeDirectory(path, limits);
      return new ArchiveReader(path, new ZipFile(path.toFile()), limits);
    } catch (ZipException e) {
      throw refused("it is no sound zip file: " + e.getMessage());
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot read " + path, e);
    }
  }

  private static void refuseHugeDirectory(Path path, OutputLimits limits) throws IOException {
    long size = ArchiveDirectory.sizeBytes(path)
        .orElseThrow(() -> refused("it does not end as a zip file without comment does"));
    if (size > limits.maxFiles() * MAX_DIRECTORY_ENTRY_BYTES) {
      throw tooLarge("%d files, found a directory of %d bytes".formatted(limits.maxFiles(), size));
    }
  }

  /** The files with their sizes and hashes. */
  List<ResultDigest.Entry> hash() {
    long left = limits.maxBytes();
    var files = new ArrayList<ResultDigest.Entry>();
    for (ZipEntry entry : files()) {
      var sha256 = Hashing.sha256();
      long size = copy(entry, left, (bytes, count) -> sha256.update(bytes, 0, count));
      left -= size;
      files.add(new ResultDigest.Entry(entry.getName(), size, Sha256.of(sha256.digest())));
    }
    return files;
  }

  /** The bytes of a small file, when it is there; cut when too long to be used. */
  Optional<byte[]> read(String name) {
    var entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (var stream = zip.getInputStream(entry)) {
      return Optional.of(stream.readNBytes(ComputedFile.MAX_BYTES + 1));
    } catch (IOException e) {
      throw refused("its %s cannot be read: %s".formatted(name, e.getMessage()));
    }
  }

  /** Writes all files below a folder that must not exist; it appears when they are all there. */
  void unpackTo(Path target) {
    var part = target.resolveSibling(target.getFileName() + ".part");
    try {
      if (Files.exists(target)) {
        throw refused("the target " + target + " exists already");
      }
      DurableFiles.emptyFolder(part);
      unpackInto(part);
      Files.move(part, target);
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot unpack into " + target, e);
    } finally {
      DurableFiles.dropTree(part);
    }
  }

  private void unpackInto(Path folder) throws IOException {
    long left = limits.maxBytes();
    for (ZipEntry entry : files()) {
      left -= unpack(entry, EntryName.resolve(folder, entry.getName()), left);
    }
  }

  private long unpack(ZipEntry entry, Path file, long left) throws IOException {
    var folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      return copy(entry, left, (bytes, count) -> out.write(bytes, 0, count));
    }
  }

  /** All entries but those for folders, checked. */
  private List<ZipEntry> files() {
    if (zip.size() > limits.maxFiles()) {
      throw tooLarge("%d files, found %d".formatted(limits.maxFiles(), zip.size()));
    }
    var files = Collections.list(zip.entries()).stream()
        .<ZipEntry>map(entry -> entry)
        .filter(entry -> !entry.isDirectory())
        .toList();
    checkNames(files.stream().map(ZipEntry::getName).toList());
    return files;
  }

  /** Refuses names of files that could not all be unpacked into one folder. */
  static void checkNames(Collection<String> files) {
    var names = new HashSet<String>();
    files.forEach(name -> check(name, names));
    names.forEach(name -> refuseFileAsFolder(name, names));
  }

  private static void check(String name, Set<String> seen) {
    EntryName.refusal(name).ifPresent(why -> {
      throw refused("the name '%s' %s".formatted(name, why));
    });
    if (!seen.add(name)) {
      throw refused("it holds '%s' twice".formatted(name));
    }
  }

  private static void refuseFileAsFolder(String name, Set<String> names) {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      if (names.contains(name.substring(0, slash))) {
        throw refused("'%s' is a file and a folder".formatted(name.substring(0, slash)));
      }
    }
  }

  private long copy(ZipEntry entry, long maxBytes, Sink sink) {
    long size = 0;
    try (var stream = zip.getInputStream(entry)) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        size += count;
        if (size > maxBytes) {
          throw tooLarge(limits.maxBytes() + " bytes, found more");
        }
        sink.take(buffer, count);
      }
      return size;
    } catch (ZipException | EOFException e) {
      throw refused("'%s' cannot be read: %s".formatted(entry.getName(), e.getMessage()));
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot copy '" + Shown.of(entry.getName()) + "' of " + path, e);
    }
  }

  private static RucheException refused(String why) {
    return TransferCode.ARCHIVE_REFUSED.error(
        "The result archive was refused: " + Shown.of(why) + ".",
        "Make it with a current worker of Ruche.");
  }

  private static RucheException tooLarge(String expected) {
    return TransferCode.ARCHIVE_TOO_LARGE.error(
        "The result archive is too large: expected at most " + expected + ".",
        "Make it with a current worker of Ruche, or raise the limit.");
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot close " + path, e);
    }
  }
}
