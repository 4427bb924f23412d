package io.ruche.sandbox.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ruche.sandbox.OperatingSystem;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux to back the memories of a module with pages of 2 MiB: every run starts with fresh
 * memory, and on a virtual machine touching 16 MiB of it for the first time took 70 ms by pages of
 * 4 KiB, 2 ms by large ones. Only memory that the module has is backed, so small modules stay
 * small. They are not asked for either: to find the function takes longer than their runs.
 */
final class LargePages {
  /** Memory from which on it pays. */
  private static final long WORTH_BYTES = 4L << 20;

  /** What wasmtime reserves for each memory, so that it grows in place. */
  private static final long RESERVED_BYTES = 4L << 30;

  private static final int MADV_HUGEPAGE = 14;

  private boolean isWorthIt;

  /** To be told each new memory; takes effect as it grows. */
  void began(ByteBuffer memory) {
    noticed(memory);
    if (isWorthIt && Libc.MADVISE != null) {
      advise(Libc.MADVISE, MemorySegment.ofBuffer(memory).address());
    }
  }

  /** To be told each memory at the end of its run: the next run's will be like it. */
  void noticed(ByteBuffer memory) {
    isWorthIt |= memory.capacity() >= WORTH_BYTES;
  }

  /**
   * It is advice: a kernel that does not know it, or what lies outside the memory, is no matter.
   */
  private static void advise(MethodHandle madvise, long address) {
    try {
      int _ = (int) madvise.invokeExact(address, RESERVED_BYTES, MADV_HUGEPAGE);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of C threw", e);
    }
  }

  /** Loaded by the first module that is worth it. */
  @SuppressWarnings("restricted") // C is what this class is for
  private static final class Libc {
    static final @Nullable MethodHandle MADVISE = find();

    private static @Nullable MethodHandle find() {
      if (OperatingSystem.current() != OperatingSystem.LINUX) {
        return null;
      }
      var linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("madvise")
          .map(function -> linker.downcallHandle(
              function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)))
          .orElse(null);
    }
  }
}
