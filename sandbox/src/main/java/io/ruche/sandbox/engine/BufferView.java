package io.ruche.sandbox.engine;

import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** Memory that an engine keeps outside of the Java heap; seen anew when it has grown. */
final class BufferView implements LinearMemory {
  private final Supplier<ByteBuffer> source;
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  BufferView(Supplier<ByteBuffer> source) {
    this.source = source;
  }

  /** To be called when the guest has run since the last access. */
  void refresh() {
    buffer = source.get().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long sizeBytes() {
    return buffer.capacity();
  }

  private int inside(int address, int length) {
    if (length < 0 || Integer.toUnsignedLong(address) + length > buffer.capacity()) {
      throw new GuestTrap("out of bounds memory access: %d bytes at %d, memory of %d"
          .formatted(length, Integer.toUnsignedLong(address), buffer.capacity()));
    }
    return address;
  }

  @Override
  public byte readByte(int address) {
    return buffer.get(inside(address, 1));
  }

  @Override
  public short readShort(int address) {
    return buffer.getShort(inside(address, Short.BYTES));
  }

  @Override
  public int readInt(int address) {
    return buffer.getInt(inside(address, Integer.BYTES));
  }

  @Override
  public long readLong(int address) {
    return buffer.getLong(inside(address, Long.BYTES));
  }

  @Override
  public void writeByte(int address, byte value) {
    buffer.put(inside(address, 1), value);
  }

  @Override
  public void writeInt(int address, int value) {
    buffer.putInt(inside(address, Integer.BYTES), value);
  }

  @Override
  public void writeLong(int address, long value) {
    buffer.putLong(inside(address, Long.BYTES), value);
  }

  @Override
  public void read(int address, byte[] target, int length) {
    buffer.get(inside(address, length), target, 0, length);
  }

  @Override
  public void write(int address, byte[] bytes, int length) {
    buffer.put(inside(address, length), bytes, 0, length);
  }
}
