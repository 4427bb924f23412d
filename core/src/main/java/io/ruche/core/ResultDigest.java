package io.ruche.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The digest of a result folder: keccak256 over, for each regular file sorted by the bytes of its
 * path, uint32 path length, UTF-8 path relative to the folder with {@code /} between names, uint64
 * size, and the sha256 of the file. Folders without files do not count. {@code computed.json} and
 * logs are left out by the caller (see {@link #isCounted}).
 */
public final class ResultDigest {
  private ResultDigest() {}

  /** One regular file of the folder. */
  public record Entry(String path, long sizeBytes, Sha256 sha256) {}

  /** Files that never count: the reference rule's file, and logs that differ from run to run. */
  public static boolean isCounted(String path) {
    return !path.equals("computed.json")
        && !path.equals("stdout.txt")
        && !path.equals("stderr.txt");
  }

  /** Digest of these files, in any order; files that do not count are skipped. */
  public static Digest of(List<Entry> entries) {
    var bytes = new ByteArrayOutputStream();
    entries.stream()
        .filter(entry -> isCounted(entry.path()))
        .sorted(Comparator.comparing(entry -> utf8(entry.path()), Arrays::compareUnsigned))
        .forEach(entry -> append(bytes, entry));
    return Digest.of(Keccak.hash(bytes.toByteArray()));
  }

  private static void append(ByteArrayOutputStream bytes, Entry entry) {
    byte[] path = utf8(entry.path());
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(path.length).array());
    bytes.writeBytes(path);
    bytes.writeBytes(ByteBuffer.allocate(8).putLong(entry.sizeBytes()).array());
    bytes.writeBytes(entry.sha256().bytes());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
