package io.ruche.sandbox.wasi;

/**
 * A guest's memory as an engine holds it, little-endian. Addresses are unsigned and come from the
 * guest; an access that does not lie inside throws {@link GuestTrap} and moves nothing. Only the
 * guest's thread calls it, and only while the guest waits in a host function.
 */
public interface LinearMemory {
  long sizeBytes();

  byte readByte(int address);

  short readShort(int address);

  int readInt(int address);

  long readLong(int address);

  void writeByte(int address, byte value);

  void writeInt(int address, int value);

  void writeLong(int address, long value);

  void read(int address, byte[] target, int length);

  void write(int address, byte[] source, int length);
}
