package io.ruche.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The size of a zip file's directory, read before anything else: the platform loads the whole
 * directory into memory, so a stranger's must be bounded first. Only archives without a comment are
 * read.
 */
final class ArchiveDirectory {
  private static final int END_BYTES = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int END64_BYTES = 56;
  private static final int END64_SIGNATURE = 0x06064b50;

  private ArchiveDirectory() {}

  /** Size of the directory in bytes; empty when the end of the file is not that of such a zip. */
  static OptionalLong sizeBytes(Path zip) throws IOException {
    try (var file = FileChannel.open(zip, StandardOpenOption.READ)) {
      var end = read(file, file.size() - END_BYTES, END_BYTES);
      if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
        return OptionalLong.empty();
      }
      var locator = read(file, file.size() - END_BYTES - LOCATOR_BYTES, LOCATOR_BYTES);
      return locator.getInt(0) == LOCATOR_SIGNATURE
          ? sizeBytes64(file, locator.getLong(8))
          : OptionalLong.of(Integer.toUnsignedLong(end.getInt(12)));
    }
  }

  private static OptionalLong sizeBytes64(FileChannel file, long at) throws IOException {
    var end = read(file, at, END64_BYTES);
    long size = end.getLong(40);
    return end.getInt(0) == END64_SIGNATURE && size >= 0
        ? OptionalLong.of(size)
        : OptionalLong.empty();
  }

  /** Bytes at a place, zeros where the file has none. */
  private static ByteBuffer read(FileChannel file, long at, int count) throws IOException {
    var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (at >= 0) {
      long next = at;
      for (int got = file.read(bytes, next); got > 0; got = file.read(bytes, next)) {
        next += got;
      }
    }
    return bytes.clear();
  }
}
