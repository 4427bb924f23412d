package io.ruche.sandbox.oci;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a small tar file (ustar) in memory, the same bytes for the same entries. */
final class TarFile {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Adds a file; names of up to 99 ASCII characters. */
  TarFile add(String name, int mode, byte[] content) {
    out.writeBytes(header(name, mode, content.length));
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & BLOCK - 1]);
    return this;
  }

  byte[] bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(new byte[2 * BLOCK]);
    return all.toByteArray();
  }

  private static byte[] header(String name, int mode, int size) {
    var header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, CHECKSUM_AT, " ".repeat(CHECKSUM_LENGTH));
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    put(header, CHECKSUM_AT, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
