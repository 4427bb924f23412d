package io.ruche.sandbox.engine;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.LinearMemory;
import java.util.function.Supplier;

/** Chicory's memory for host functions. */
record HeapView(Memory memory) implements LinearMemory {
  @Override
  public long sizeBytes() {
    return (long) memory.pages() * Memory.PAGE_SIZE;
  }

  @Override
  public byte readByte(int address) {
    return trapping(() -> memory.read(address));
  }

  @Override
  public short readShort(int address) {
    return trapping(() -> memory.readShort(address));
  }

  @Override
  public int readInt(int address) {
    return trapping(() -> memory.readInt(address));
  }

  @Override
  public long readLong(int address) {
    return trapping(() -> memory.readLong(address));
  }

  @Override
  public void writeByte(int address, byte value) {
    trapping(() -> memory.writeByte(address, value));
  }

  @Override
  public void writeInt(int address, int value) {
    trapping(() -> memory.writeI32(address, value));
  }

  @Override
  public void writeLong(int address, long value) {
    trapping(() -> memory.writeLong(address, value));
  }

  @Override
  public void read(int address, byte[] target, int length) {
    byte[] bytes = trapping(() -> memory.readBytes(address, length));
    System.arraycopy(bytes, 0, target, 0, length);
  }

  @Override
  public void write(int address, byte[] source, int length) {
    trapping(() -> memory.write(address, source, 0, length));
  }

  private static void trapping(Runnable access) {
    trapping(() -> {
      access.run();
      return 0;
    });
  }

  private static <T> T trapping(Supplier<T> access) {
    try {
      return access.get();
    } catch (WasmRuntimeException e) {
      throw new GuestTrap(String.valueOf(e.getMessage()));
    }
  }
}
