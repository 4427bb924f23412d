package io.ruche.link;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What an app wrote to both streams, in the order in which it was heard, as one row of bytes: an
 * offset names a place in it for workers, pools and requesters alike. Grows up to a bound; what
 * comes later is dropped. Not thread-safe.
 */
public final class OutputLog {
  /** Both streams together: the sandbox keeps 1 MiB of each. */
  public static final int MAX_BYTES = 2 << 20;

  private static final int FIRST_ROOM = 512;

  private byte[] bytes = new byte[0];
  private final BitSet isError = new BitSet();
  private int size;

  /** A piece of one stream. */
  public static final class Piece {
    private final LogStream stream;
    private final int offset;
    private final byte[] bytes;

    private Piece(LogStream stream, int offset, byte[] bytes) {
      this.stream = stream;
      this.offset = offset;
      this.bytes = bytes;
    }

    public LogStream stream() {
      return stream;
    }

    public int offset() {
      return offset;
    }

    /** Not copied: whoever asked for the piece owns it. */
    public byte[] bytes() {
      return bytes;
    }

    /** The offset at which the next piece begins. */
    public int next() {
      return offset + bytes.length;
    }
  }

  public int size() {
    return size;
  }

  /** Adds as much as there is room for. */
  public void append(LogStream stream, byte[] more) {
    int count = Math.min(more.length, MAX_BYTES - size);
    if (size + count > bytes.length) {
      int room = Math.max(size + count, Math.max(FIRST_ROOM, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.min(room, MAX_BYTES));
    }
    System.arraycopy(more, 0, bytes, size, count);
    isError.set(size, size + count, stream == LogStream.STDERR);
    size += count;
  }

  /** The bytes from an offset on, of one stream and at most so many; none at the end. */
  public Piece from(int offset, int maxBytes) {
    int start = Math.min(offset, size);
    boolean isErrorPiece = isError.get(start);
    int change = isErrorPiece ? isError.nextClearBit(start) : isError.nextSetBit(start);
    int end = Math.min(change < 0 ? size : Math.min(change, size), start + maxBytes);
    return new Piece(
        isErrorPiece ? LogStream.STDERR : LogStream.STDOUT,
        start,
        Arrays.copyOfRange(bytes, start, end));
  }
}
