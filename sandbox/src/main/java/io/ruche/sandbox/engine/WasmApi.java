package io.ruche.sandbox.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The functions of {@code wasm.h}, the C interface that several engines share, in a library that
 * the owner installed, and the few of wasmtime that it lacks. Objects are addresses; whoever asks
 * for one deletes it. Used by one thread.
 */
@SuppressWarnings("restricted") // C is what this class is for
final class WasmApi {
  /** A vector: how many, then where. */
  static final long VECTOR_BYTES = 16;

  /** A value: its kind, padding, then the bits. */
  static final long VALUE_BYTES = 16;

  static final long VALUE_BITS = 8;
  static final byte I32 = 0;
  static final byte I64 = 1;

  /** What wasmtime answers for a stack that ran out. */
  static final byte TRAP_STACK_OVERFLOW = 0;

  private final SymbolLookup library;
  private final Map<String, MethodHandle> functions = new HashMap<>();

  /**
   * Loads the library for the rest of this process's life.
   *
   * @throws IllegalArgumentException when it cannot be loaded
   */
  WasmApi(Path file) {
    library = SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** Calls a function that answers an address; every argument is an address too. */
  MemorySegment make(String name, MemorySegment... arguments) {
    var layouts = new MemoryLayout[arguments.length];
    Arrays.fill(layouts, ADDRESS);
    return (MemorySegment)
        invoke(name, FunctionDescriptor.of(ADDRESS, layouts), (Object[]) arguments);
  }

  /** Calls a function that answers nothing; every argument is an address. */
  void tell(String name, MemorySegment... arguments) {
    var layouts = new MemoryLayout[arguments.length];
    Arrays.fill(layouts, ADDRESS);
    invoke(name, FunctionDescriptor.ofVoid(layouts), (Object[]) arguments);
  }

  /** The type of a value; it belongs to the vector that it goes into. */
  MemorySegment valueType(byte kind) {
    return (MemorySegment)
        invoke("wasm_valtype_new", FunctionDescriptor.of(ADDRESS, JAVA_BYTE), kind);
  }

  /** A vector of types whose content is memory of C. */
  MemorySegment valueTypes(Arena arena, MemorySegment... types) {
    var vector = arena.allocate(VECTOR_BYTES, 8);
    invoke(
        "wasm_valtype_vec_new",
        FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, ADDRESS),
        vector,
        (long) types.length,
        data(vector(arena, types), ADDRESS.byteSize()));
    return vector;
  }

  void setMaxStack(MemorySegment config, long bytes) {
    invoke(
        "wasmtime_config_max_wasm_stack_set",
        FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG),
        config,
        bytes);
  }

  long memorySize(MemorySegment memory) {
    return (long)
        invoke("wasm_memory_data_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS), memory);
  }

  boolean trapCode(MemorySegment trap, MemorySegment answer) {
    return (boolean) invoke(
        "wasmtime_trap_code", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS), trap, answer);
  }

  private Object invoke(String name, FunctionDescriptor type, Object... arguments) {
    try {
      return functions
          .computeIfAbsent(name, each -> find(each, type))
          .invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of C threw", e);
    }
  }

  private MethodHandle find(String name, FunctionDescriptor type) {
    var symbol = library
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the library has no function " + name));
    return Linker.nativeLinker().downcallHandle(symbol, type);
  }

  /** A vector of addresses. */
  static MemorySegment vector(Arena arena, MemorySegment... items) {
    var data = arena.allocate(ADDRESS, Math.max(1, items.length));
    for (int i = 0; i < items.length; i++) {
      data.setAtIndex(ADDRESS, i, items[i]);
    }
    return vector(arena, items.length, data);
  }

  static MemorySegment vector(Arena arena, long count, MemorySegment data) {
    var vector = arena.allocate(VECTOR_BYTES, 8);
    vector.set(JAVA_LONG, 0, count);
    vector.set(ADDRESS, 8, data);
    return vector;
  }

  static MemorySegment bytes(Arena arena, byte[] content) {
    var data = arena.allocate(Math.max(1, content.length));
    MemorySegment.copy(content, 0, data, JAVA_BYTE, 0, content.length);
    return vector(arena, content.length, data);
  }

  /** What a vector of C holds: {@code itemBytes} for each item. */
  static MemorySegment data(MemorySegment vector, long itemBytes) {
    var whole = vector.reinterpret(VECTOR_BYTES);
    return whole.get(ADDRESS, 8).reinterpret(whole.get(JAVA_LONG, 0) * itemBytes);
  }
}
