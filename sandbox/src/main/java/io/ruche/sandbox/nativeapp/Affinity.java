package io.ruche.sandbox.nativeapp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.List;

/**
 * Ties the calling thread, and every process that it starts, to some processors, by
 * {@code sched_setaffinity(2)}. A program that did it first, such as taskset, would cost each run
 * as much as a whole process.
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class Affinity {
  private static final int CALLING_THREAD = 0;

  /** The kernel takes masks of whole words. */
  private static final int WORD_BYTES = Long.BYTES;

  private static final MethodHandle SET = Linker.nativeLinker()
      .downcallHandle(
          Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS));

  private Affinity() {}

  /**
   * Ties the calling thread.
   *
   * @param processors numbers of those that are left to it
   * @throws IOException when the kernel refuses, as for processors that are switched off
   */
  static void tie(List<Integer> processors) throws IOException {
    var bits = new BitSet();
    processors.forEach(bits::set);
    long[] words = bits.toLongArray();
    try (var arena = Arena.ofConfined()) {
      var mask = arena.allocateFrom(ValueLayout.JAVA_LONG, words);
      int answer = (int) SET.invokeExact(CALLING_THREAD, (long) words.length * WORD_BYTES, mask);
      if (answer != 0) {
        throw new IOException("the kernel does not let runs use the processors " + processors);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setaffinity cannot be called", e);
    }
  }
}
