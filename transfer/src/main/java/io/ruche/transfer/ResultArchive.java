package io.ruche.transfer;

import io.ruche.core.RucheException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Result folders as zip files. Equal folders give equal archives, bit for bit: entries are stored,
 * in order of their path bytes, with one fixed time, UTF-8 names and no entries for folders.
 * Archives of strangers are read with bounds, and never write outside their target.
 */
public final class ResultArchive {
  /** Any fixed time will do; the first month of the format needs a time zone, so the second. */
  private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int BUFFER_BYTES = 1 << 16;

  private static final int SMALL_BYTES = 1 << 16;

  private ResultArchive() {}

  /**
   * Writes the archive of a folder to a stream, which stays open.
   *
   * @throws RucheException INVALID_OUTPUT or OUTPUT_LIMIT as for its digest
   * @throws IOException when the stream fails
   */
  public static void write(Path folder, OutputLimits limits, OutputStream out) throws IOException {
    var items = ResultFolder.list(folder, limits);
    var zip = new ZipOutputStream(out);
    for (var item : items) {
      add(item, zip);
    }
    zip.finish();
  }

  /** The checksum comes before the bytes, so a file is read twice unless it is small. */
  private static void add(ResultFolder.Item item, ZipOutputStream zip) throws IOException {
    if (item.sizeBytes() <= SMALL_BYTES) {
      byte[] content = Files.readAllBytes(item.file());
      var crc = new CRC32();
      crc.update(content);
      zip.putNextEntry(entry(item.path(), item.sizeBytes(), crc.getValue()));
      zip.write(content);
    } else {
      zip.putNextEntry(entry(item.path(), item.sizeBytes(), crcOf(item.file())));
      Files.copy(item.file(), zip);
    }
    zip.closeEntry();
  }

  /** As {@link #write}, to a file that appears whole and synced. */
  public static void write(Path folder, OutputLimits limits, Path zip) {
    write(folder, limits, zip, true);
  }

  /** As {@link #write}, to a file that appears whole, and may be lost or cut by a power cut. */
  public static void writeUnsynced(Path folder, OutputLimits limits, Path zip) {
    write(folder, limits, zip, false);
  }

  private static void write(Path folder, OutputLimits limits, Path zip, boolean isSynced) {
    var part = zip.resolveSibling(zip.getFileName() + ".part");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(part))) {
        write(folder, limits, out);
      }
      if (isSynced) {
        DurableFiles.syncFile(part);
        DurableFiles.moveIntoPlace(part, zip);
      } else {
        Files.move(part, zip, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw DurableFiles.diskError("Cannot write " + zip, e);
    } finally {
      DurableFiles.dropTree(part);
    }
  }

  /**
   * Unpacks an archive into a folder that must not exist yet; it appears whole or not at all.
   *
   * @throws RucheException ARCHIVE_REFUSED for names that lead elsewhere, doubles or a broken
   *     archive; ARCHIVE_TOO_LARGE
   */
  public static void unpack(Path zip, Path target, OutputLimits limits) {
    try (var archive = ArchiveReader.open(zip, limits)) {
      archive.unpackTo(target);
    }
  }

  /** How a file is announced in every archive. */
  static ZipEntry entry(String path, long sizeBytes, long crc) {
    var entry = new ZipEntry(path);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(FIXED_TIME);
    entry.setSize(sizeBytes);
    entry.setCompressedSize(sizeBytes);
    entry.setCrc(crc);
    return entry;
  }

  private static long crcOf(Path file) throws IOException {
    var crc = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (var stream = Files.newInputStream(file)) {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        crc.update(buffer, 0, count);
      }
    }
    return crc.getValue();
  }
}
