package io.ruche.sandbox.engine;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A module's linear memory in one array, which makes an access a comparison and a load; the
 * engine's own memory in pages costs about a third more.
 */
final class GuestHeap implements Memory {
  /** What fits one array of this Java: just under 2 GiB. */
  private static final int MAX_PAGES = (1 << 15) - 1;

  /** Room for growth beyond what was asked, so that growing page by page stays linear in time. */
  private static final int GROWTH_DIVISOR = 4;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);
  private static final VarHandle DOUBLE = view(double[].class);

  private final MemoryLimits limits;
  private byte[] bytes;
  private int sizeBytes;
  private DataSegment[] segments = {};

  GuestHeap(MemoryLimits limits) {
    this.limits = limits;
    sizeBytes = limits.initialPages() * PAGE_SIZE;
    bytes = new byte[sizeBytes];
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public int pages() {
    return sizeBytes / PAGE_SIZE;
  }

  @Override
  public int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > maximumPages() - before) {
      return -1;
    }
    int newSize = (before + pages) * PAGE_SIZE;
    if (newSize > bytes.length) {
      long roomy = newSize + (long) newSize / GROWTH_DIVISOR;
      bytes = Arrays.copyOf(bytes, (int) Math.min(roomy, (long) maximumPages() * PAGE_SIZE));
    }
    sizeBytes = newSize;
    return before;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return Math.min(limits.maximumPages(), MAX_PAGES);
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    segments = dataSegments;
    for (var segment : dataSegments) {
      if (segment instanceof ActiveDataSegment active) {
        var value = ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions());
        int address = (int) value[0];
        if (!isInside(address, active.data().length)) {
          throw new UninstantiableException("a data segment lies outside the memory");
        }
        write(address, active.data());
      }
    }
  }

  @Override
  public void initPassiveSegment(int segmentId, int target, int offset, int size) {
    write(target, segments[segmentId].data(), offset, size);
  }

  @Override
  public void drop(int segmentId) {
    segments[segmentId] = PassiveDataSegment.EMPTY;
  }

  @Override
  public byte read(int address) {
    return bytes[check(address, 1)];
  }

  @Override
  public short readShort(int address) {
    return (short) SHORT.get(bytes, check(address, Short.BYTES));
  }

  @Override
  public int readInt(int address) {
    return (int) INT.get(bytes, check(address, Integer.BYTES));
  }

  @Override
  public long readLong(int address) {
    return (long) LONG.get(bytes, check(address, Long.BYTES));
  }

  @Override
  public float readFloat(int address) {
    return (float) FLOAT.get(bytes, check(address, Float.BYTES));
  }

  @Override
  public double readDouble(int address) {
    return (double) DOUBLE.get(bytes, check(address, Double.BYTES));
  }

  @Override
  public long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  public long readF32(int address) {
    return readInt(address);
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void writeByte(int address, byte value) {
    bytes[check(address, 1)] = value;
  }

  @Override
  public void writeShort(int address, short value) {
    SHORT.set(bytes, check(address, Short.BYTES), value);
  }

  @Override
  public void writeI32(int address, int value) {
    INT.set(bytes, check(address, Integer.BYTES), value);
  }

  @Override
  public void writeLong(int address, long value) {
    LONG.set(bytes, check(address, Long.BYTES), value);
  }

  @Override
  public void writeF32(int address, float value) {
    FLOAT.set(bytes, check(address, Float.BYTES), value);
  }

  @Override
  public void writeF64(int address, double value) {
    DOUBLE.set(bytes, check(address, Double.BYTES), value);
  }

  @Override
  public byte[] readBytes(int address, int size) {
    requireInside(address, size);
    return Arrays.copyOfRange(bytes, address, address + size);
  }

  @Override
  public void write(int address, byte[] source, int offset, int size) {
    if (offset < 0 || size < 0 || size > source.length - offset) {
      throw outOfBounds(offset, size);
    }
    requireInside(address, size);
    System.arraycopy(source, offset, bytes, address, size);
  }

  @Override
  public void zero() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public void fill(byte value, int from, int to) {
    requireInside(from, to - from);
    Arrays.fill(bytes, from, to, value);
  }

  @Override
  public void copy(int target, int source, int size) {
    requireInside(target, size);
    requireInside(source, size);
    System.arraycopy(bytes, source, bytes, target, size);
  }

  /** Answers the address when the access lies inside; the slack of the array is outside. */
  private int check(int address, int size) {
    if (address < 0 || address > sizeBytes - size) {
      throw outOfBounds(address, size);
    }
    return address;
  }

  private void requireInside(int address, int size) {
    if (!isInside(address, size)) {
      throw outOfBounds(address, size);
    }
  }

  private boolean isInside(int address, int size) {
    return address >= 0 && size >= 0 && address <= sizeBytes - size;
  }

  private WasmRuntimeException outOfBounds(int address, int size) {
    return new WasmRuntimeException("out of bounds memory access: %d bytes at %d, memory of %d"
        .formatted(Integer.toUnsignedLong(size), Integer.toUnsignedLong(address), sizeBytes));
  }

  /** One thread only: atomic instructions need no lock but the engine asks for one. */
  @Override
  @SuppressWarnings("removal") // still abstract in the engine's interface
  public Object lock(int address) {
    return this;
  }

  @Override
  @SuppressWarnings("removal") // still abstract in the engine's interface
  public int waitOn(int address, int expected, long timeout) {
    throw new WasmRuntimeException("wait on a memory that is not shared");
  }

  @Override
  @SuppressWarnings("removal") // still abstract in the engine's interface
  public int waitOn(int address, long expected, long timeout) {
    throw new WasmRuntimeException("wait on a memory that is not shared");
  }

  @Override
  @SuppressWarnings("removal") // still abstract in the engine's interface
  public int notify(int address, int maxThreads) {
    return 0;
  }
}
