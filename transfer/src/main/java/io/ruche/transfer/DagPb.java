package io.ruche.transfer;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The few protocol buffer messages of a UnixFS file tree, in their canonical form. */
final class DagPb {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int UNIXFS_FILE = 2;

  private DagPb() {}

  /** A node: its links, then its data. */
  static byte[] node(List<byte[]> links, byte[] data) {
    var out = new ByteArrayOutputStream();
    links.forEach(link -> writeBytes(out, 2, link));
    writeBytes(out, 1, data);
    return out.toByteArray();
  }

  /** A link without a name to a child whose blocks take {@code totalBytes}. */
  static byte[] link(byte[] cid, long totalBytes) {
    var out = new ByteArrayOutputStream();
    writeBytes(out, 1, cid);
    writeBytes(out, 2, new byte[0]);
    writeNumber(out, 3, totalBytes);
    return out.toByteArray();
  }

  /**
   * What a node of a file says: it is a file, so long, and how long the part below each link is.
   */
  static byte[] fileData(long fileBytes, long[] partBytes) {
    var out = new ByteArrayOutputStream();
    writeNumber(out, 1, UNIXFS_FILE);
    writeNumber(out, 3, fileBytes);
    for (long part : partBytes) {
      writeNumber(out, 4, part);
    }
    return out.toByteArray();
  }

  private static void writeNumber(ByteArrayOutputStream out, int field, long value) {
    writeVarint(out, (field << 3) | VARINT);
    writeVarint(out, value);
  }

  private static void writeBytes(ByteArrayOutputStream out, int field, byte[] value) {
    writeVarint(out, (field << 3) | BYTES);
    writeVarint(out, value.length);
    out.writeBytes(value);
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }
}
