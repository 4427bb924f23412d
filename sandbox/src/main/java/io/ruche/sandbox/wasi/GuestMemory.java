package io.ruche.sandbox.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The guest's linear memory, seen by a call. Addresses and lengths come from the guest: an access
 * out of bounds traps, as in any engine, and no buffer is ever sized by the guest.
 */
final class GuestMemory {
  static final int MAX_PATH_BYTES = 4096;
  static final int MAX_BUFFERS = 1024;
  static final int CHUNK_BYTES = 64 * 1024;

  private final LinearMemory memory;
  private final byte[] chunk = new byte[CHUNK_BYTES];

  GuestMemory(LinearMemory memory) {
    this.memory = memory;
  }

  /** Moves up to {@code length} bytes of {@code chunk}; answers how many, fewer meaning the end. */
  interface ChunkCall {
    int apply(byte[] chunk, int length) throws WasiError, IOException;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  int readInt(int address) {
    return memory.readInt(address);
  }

  long readLong(int address) {
    return memory.readLong(address);
  }

  int readByte(int address) {
    return memory.readByte(address) & 0xff;
  }

  int readShort(int address) {
    return memory.readShort(address) & 0xffff;
  }

  void writeInt(int address, int value) {
    memory.writeInt(address, value);
  }

  void writeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  void writeByte(int address, int value) {
    memory.writeByte(address, (byte) value);
  }

  void write(int address, byte[] bytes) {
    memory.write(address, bytes, bytes.length);
  }

  void write(int address, byte[] bytes, int length) {
    memory.write(address, bytes, length);
  }

  void zero(int address, int length) {
    memory.write(address, new byte[length], length);
  }

  /** A file name or path: strict UTF-8 without zero bytes. */
  String readPath(int address, int length) throws WasiError {
    if (length < 0 || length > MAX_PATH_BYTES) {
      throw new WasiError(Errno.NAMETOOLONG);
    }
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      var path = decoder.decode(ByteBuffer.wrap(readBytes(address, length))).toString();
      if (path.indexOf('\0') >= 0) {
        throw new WasiError(Errno.INVAL);
      }
      return path;
    } catch (CharacterCodingException e) {
      throw new WasiError(Errno.ILSEQ);
    }
  }

  private byte[] readBytes(int address, int length) {
    var bytes = new byte[length];
    memory.read(address, bytes, length);
    return bytes;
  }

  /** Hands the guest's buffers to {@code sink} piece by piece; answers the bytes it took. */
  int gather(int buffers, int count, ChunkCall sink) throws WasiError, IOException {
    return eachPiece(buffers, count, (address, length) -> {
      memory.read(address, chunk, length);
      return sink.apply(chunk, length);
    });
  }

  /** Fills the guest's buffers from {@code source} until it ends; answers the bytes it gave. */
  int scatter(int buffers, int count, ChunkCall source) throws WasiError, IOException {
    return eachPiece(buffers, count, (address, length) -> {
      int given = source.apply(chunk, length);
      memory.write(address, chunk, given);
      return given;
    });
  }

  private interface PieceCall {
    int apply(int address, int length) throws WasiError, IOException;
  }

  private int eachPiece(int buffers, int count, PieceCall call) throws WasiError, IOException {
    if (count < 0 || count > MAX_BUFFERS) {
      throw new WasiError(Errno.INVAL);
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      int address = memory.readInt(buffers + 8 * i);
      int length = memory.readInt(buffers + 8 * i + 4);
      requireInside(address, length);
      if (length > Integer.MAX_VALUE - total) {
        throw new WasiError(Errno.INVAL);
      }
      for (int done = 0; done < length; ) {
        int wanted = Math.min(CHUNK_BYTES, length - done);
        int moved = call.apply(address + done, wanted);
        done += moved;
        total += moved;
        if (moved < wanted) {
          return total;
        }
      }
    }
    return total;
  }

  /** Traps, before anything is moved, when a buffer does not lie inside the memory. */
  void requireInside(int address, int length) {
    long size = memory.sizeBytes();
    if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
      throw new GuestTrap("a buffer of %d bytes at %d lies outside the memory of %d bytes"
          .formatted(Integer.toUnsignedLong(length), Integer.toUnsignedLong(address), size));
    }
  }
}
