package io.ruche.transfer;

import io.ruche.core.ComputedFile;
import io.ruche.core.ResultDigest;
import io.ruche.core.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * An archive of {@link ResultArchive} in memory. Every reader sees the same files in it, whatever a
 * stranger wrote: it is taken for what its entries say one after the other only when those files,
 * packed again, give the same bytes.
 */
final class SmallArchive {
  private final Map<String, byte[]> files;

  private SmallArchive(Map<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Reads it; empty when it is not as {@link ResultArchive} writes one, or over the limits.
   *
   * @throws io.ruche.core.RucheException ARCHIVE_REFUSED for names that lead elsewhere, or doubles
   */
  static Optional<SmallArchive> read(byte[] zip, OutputLimits limits) {
    try {
      var files = files(zip, limits.maxFiles());
      long bytes = files.values().stream().mapToLong(file -> file.length).sum();
      if (files.size() > limits.maxFiles()
          || bytes > limits.maxBytes()
          || !Arrays.equals(zip, packed(files, zip.length))) {
        return Optional.empty();
      }
      ArchiveReader.checkNames(files.keySet());
      return Optional.of(new SmallArchive(files));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // no zip file, or names that are no text
    }
  }

  /** Up to the first entry that no worker writes: what is packed tight could grow when read. */
  private static Map<String, byte[]> files(byte[] zip, int most) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = stream.getNextEntry();
          entry != null && isPlain(entry) && files.size() <= most;
          entry = stream.getNextEntry()) {
        files.put(entry.getName(), stream.readAllBytes());
      }
    }
    return files;
  }

  private static boolean isPlain(ZipEntry entry) {
    return entry.getMethod() == ZipEntry.STORED && !entry.isDirectory();
  }

  private static byte[] packed(Map<String, byte[]> files, int length) throws IOException {
    var bytes = new ByteArrayOutputStream(length);
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        byte[] content = file.getValue();
        var crc = new CRC32();
        crc.update(content);
        zip.putNextEntry(ResultArchive.entry(file.getKey(), content.length, crc.getValue()));
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The files with their sizes and hashes. */
  List<ResultDigest.Entry> hash() {
    return files.entrySet().stream()
        .map(file -> hash(file.getKey(), file.getValue()))
        .toList();
  }

  private static ResultDigest.Entry hash(String path, byte[] bytes) {
    return new ResultDigest.Entry(path, bytes.length, Sha256.of(Hashing.sha256().digest(bytes)));
  }

  /** The bytes of a small file, when it is there; cut when too long to be used. */
  Optional<byte[]> read(String name) {
    return Optional.ofNullable(files.get(name))
        .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, ComputedFile.MAX_BYTES + 1)));
  }
}
