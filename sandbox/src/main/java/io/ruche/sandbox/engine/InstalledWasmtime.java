package io.ruche.sandbox.engine;

import static io.ruche.sandbox.engine.WasmApi.VALUE_BITS;
import static io.ruche.sandbox.engine.WasmApi.VALUE_BYTES;
import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ruche.sandbox.rewrite.CallDepth;
import io.ruche.sandbox.rewrite.Exports;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.HostCall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Native code by the wasmtime that the owner installed, through its C interface. To be used only
 * where something else keeps the process in. Its guests hear no interrupt.
 */
@SuppressWarnings("restricted") // C is what this class is for
public final class InstalledWasmtime implements Engine {
  private static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS);

  private final WasmApi api;
  private final MemorySegment engine;
  private final String name;

  /**
   * Loads the library.
   *
   * @throws RuntimeException or an {@link UnsatisfiedLinkError} when it is none of wasmtime's
   */
  public InstalledWasmtime(Path library) {
    api = new WasmApi(library);
    name = "wasmtime of " + library;
    var config = api.make("wasm_config_new");
    api.setMaxStack(config, CallDepth.STACK_BYTES);
    engine = api.make("wasm_engine_new_with_config", config);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isInterruptible() {
    return false;
  }

  @Override
  public Program compile(byte[] rewritten) throws EngineRefusal {
    var store = api.make("wasm_store_new", engine);
    try (var arena = Arena.ofConfined()) {
      var module = api.make("wasm_module_new", store, WasmApi.bytes(arena, rewritten));
      if (module.equals(NULL)) {
        throw new EngineRefusal("wasmtime does not take it");
      }
      return new Code(module);
    } finally {
      api.tell("wasm_store_delete", store);
    }
  }

  private final class Code implements Program {
    private final MemorySegment module;
    private final Map<String, Integer> exports = new HashMap<>();
    private final LargePages largePages = new LargePages();

    Code(MemorySegment module) {
      this.module = module;
      try (var arena = Arena.ofConfined()) {
        var types = arena.allocate(WasmApi.VECTOR_BYTES, 8);
        api.tell("wasm_module_exports", module, types);
        var items = WasmApi.data(types, ADDRESS.byteSize());
        for (int i = 0; i < items.byteSize() / ADDRESS.byteSize(); i++) {
          var text =
              WasmApi.data(api.make("wasm_exporttype_name", items.getAtIndex(ADDRESS, i)), 1);
          exports.put(new String(text.toArray(JAVA_BYTE), StandardCharsets.UTF_8), i);
        }
        api.tell("wasm_exporttype_vec_delete", types);
      }
    }

    @Override
    public Instance instantiate(List<HostCall> imports) {
      return new Run(this, imports);
    }

    @Override
    public void close() {
      api.tell("wasm_module_delete", module);
    }
  }

  private final class Run implements Instance {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment store = api.make("wasm_store_new", engine);
    private final MemorySegment exported = arena.allocate(WasmApi.VECTOR_BYTES, 8);
    private final Code code;
    private final BufferView view = new BufferView(this::buffer);
    private MemorySegment instance = NULL;
    private MemorySegment memory = NULL;
    private @Nullable RuntimeException thrown;
    private @Nullable Error broken;

    Run(Code code, List<HostCall> imports) {
      this.code = code;
      var functions = imports.stream().map(this::function).toArray(MemorySegment[]::new);
      var externs = new MemorySegment[functions.length];
      for (int i = 0; i < externs.length; i++) {
        externs[i] = api.make("wasm_func_as_extern", functions[i]);
      }
      var trap = arena.allocate(ADDRESS);
      instance =
          api.make("wasm_instance_new", store, code.module, WasmApi.vector(arena, externs), trap);
      for (var function : functions) {
        api.tell("wasm_func_delete", function);
      }
      if (instance.equals(NULL)) {
        var reason = trap.get(ADDRESS, 0);
        var detail = reason.equals(NULL) ? "it cannot be instantiated" : message(reason);
        close();
        throw new GuestTrap(detail);
      }
      api.tell("wasm_instance_exports", instance, exported);
      memory = api.make("wasm_extern_as_memory", export(Exports.MEMORY));
      code.largePages.began(buffer());
    }

    private MemorySegment export(String name) {
      int index = Objects.requireNonNull(code.exports.get(name), name);
      return WasmApi.data(exported, ADDRESS.byteSize()).getAtIndex(ADDRESS, index);
    }

    private ByteBuffer buffer() {
      return api.make("wasm_memory_data", memory)
          .reinterpret(api.memorySize(memory))
          .asByteBuffer();
    }

    private MemorySegment function(HostCall call) {
      var parameters = types(call.parameters());
      var results = types(call.hasResult() ? "i" : "");
      var type = api.make("wasm_functype_new", parameters, results);
      var callback =
          Linker.nativeLinker().upcallStub(CALLBACKS.bindTo(this).bindTo(call), CALLBACK, arena);
      var function = api.make("wasm_func_new_with_env", store, type, callback, NULL, NULL);
      api.tell("wasm_functype_delete", type);
      return function;
    }

    /** The vector's content must be memory of C: a function type takes it over. */
    private MemorySegment types(String letters) {
      var types = letters
          .chars()
          .mapToObj(letter -> api.valueType(letter == 'I' ? WasmApi.I64 : WasmApi.I32))
          .toArray(MemorySegment[]::new);
      return api.valueTypes(arena, types);
    }

    /**
     * Nothing may be thrown into C: what goes wrong here ends the guest, and comes out behind it.
     */
    @SuppressWarnings("unused") // called by C
    private MemorySegment called(
        HostCall call, MemorySegment env, MemorySegment arguments, MemorySegment results) {
      try {
        var given = WasmApi.data(arguments, VALUE_BYTES);
        var values = new long[call.parameters().length()];
        for (int i = 0; i < values.length; i++) {
          long at = i * VALUE_BYTES + VALUE_BITS;
          values[i] = call.parameters().charAt(i) == 'I'
              ? given.get(JAVA_LONG, at)
              : given.get(JAVA_INT, at);
        }
        view.refresh();
        int result = call.body().apply(view, values);
        if (call.hasResult()) {
          var answer = WasmApi.data(results, VALUE_BYTES);
          answer.set(JAVA_BYTE, 0, WasmApi.I32);
          answer.set(JAVA_INT, VALUE_BITS, result);
        }
        return NULL;
      } catch (RuntimeException e) {
        thrown = e;
      } catch (Error e) {
        broken = e;
      }
      return trap();
    }

    private MemorySegment trap() {
      try (var brief = Arena.ofConfined()) {
        return api.make("wasm_trap_new", store, WasmApi.bytes(brief, new byte[] {'x', 0}));
      }
    }

    @Override
    public long call(String export, long... arguments) {
      try (var brief = Arena.ofConfined()) {
        var given = brief.allocate(Math.max(1, arguments.length) * VALUE_BYTES, 8);
        for (int i = 0; i < arguments.length; i++) {
          boolean isLong = export.equals(Exports.BEGIN) && i == 0;
          given.set(JAVA_BYTE, i * VALUE_BYTES, isLong ? WasmApi.I64 : WasmApi.I32);
          given.set(JAVA_LONG, i * VALUE_BYTES + VALUE_BITS, arguments[i]);
        }
        int count = Exports.hasResult(export) ? 1 : 0;
        var answer = brief.allocate(VALUE_BYTES, 8);
        var trap = api.make(
            "wasm_func_call",
            api.make("wasm_extern_as_func", export(export)),
            WasmApi.vector(brief, arguments.length, given),
            WasmApi.vector(brief, count, answer));
        if (!trap.equals(NULL)) {
          throw end(trap, brief);
        }
        return answer.get(JAVA_BYTE, 0) == WasmApi.I64
            ? answer.get(JAVA_LONG, VALUE_BITS)
            : answer.get(JAVA_INT, VALUE_BITS);
      }
    }

    private RuntimeException end(MemorySegment trap, Arena brief) {
      var code = brief.allocate(JAVA_BYTE);
      boolean hasCode = api.trapCode(trap, code);
      var message = message(trap);
      if (broken != null) {
        throw broken;
      }
      if (thrown != null) {
        return thrown;
      }
      return hasCode && code.get(JAVA_BYTE, 0) == WasmApi.TRAP_STACK_OVERFLOW
          ? new StackOverflow()
          : new GuestTrap(message);
    }

    /** Also deletes the trap. */
    private String message(MemorySegment trap) {
      try (var brief = Arena.ofConfined()) {
        var text = brief.allocate(WasmApi.VECTOR_BYTES, 8);
        api.tell("wasm_trap_message", trap, text);
        byte[] bytes = WasmApi.data(text, 1).toArray(JAVA_BYTE);
        api.tell("wasm_byte_vec_delete", text);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
      } finally {
        api.tell("wasm_trap_delete", trap);
      }
    }

    @Override
    public void close() {
      if (!instance.equals(NULL)) {
        code.largePages.noticed(buffer());
        api.tell("wasm_extern_vec_delete", exported);
        api.tell("wasm_instance_delete", instance);
      }
      api.tell("wasm_store_delete", store);
      arena.close();
    }
  }

  private static final MethodHandle CALLBACKS = callbacks();

  private static MethodHandle callbacks() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              Run.class,
              "called",
              MethodType.methodType(
                  MemorySegment.class,
                  HostCall.class,
                  MemorySegment.class,
                  MemorySegment.class,
                  MemorySegment.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
