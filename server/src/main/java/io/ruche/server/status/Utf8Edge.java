package io.ruche.server.status;

/** Where text may be cut. */
final class Utf8Edge {
  private static final int MAX_CHARACTER_BYTES = 4;

  private Utf8Edge() {}

  /** How many bytes there are up to a last character of which only the beginning is here. */
  static int wholeLength(byte[] bytes) {
    int first = Math.max(0, bytes.length - MAX_CHARACTER_BYTES);
    for (int i = bytes.length - 1; i >= first; i--) {
      int size = size(bytes[i]);
      if (size > 0) {
        return i + size > bytes.length ? i : bytes.length;
      }
    }
    return bytes.length;
  }

  /** Bytes of the character that begins here; 0 in the middle of one. */
  private static int size(byte first) {
    if (first >= 0) {
      return 1;
    }
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones >= 2 && ones <= MAX_CHARACTER_BYTES ? ones : 0;
  }
}
