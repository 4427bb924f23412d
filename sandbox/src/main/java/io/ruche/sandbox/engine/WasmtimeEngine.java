package io.ruche.sandbox.engine;

import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.FuncType;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.OptLevel;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.Trap;
import io.github.kawamuray.wasmtime.Val;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import io.github.kawamuray.wasmtime.WasmtimeException;
import io.ruche.sandbox.rewrite.CallDepth;
import io.ruche.sandbox.rewrite.Exports;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.HostCall;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Native code by wasmtime 7 of 2023, through JNI. To be used only where something else keeps the
 * process in. Its guests hear no interrupt.
 */
public final class WasmtimeEngine implements Engine {
  /** Less than the guest's thread has: host functions run above. */
  private static final long MAX_STACK_BYTES = CallDepth.STACK_BYTES;

  private final io.github.kawamuray.wasmtime.Engine engine;

  /** Loads the native library; fails where there is none for this machine. */
  public WasmtimeEngine() {
    engine = new io.github.kawamuray.wasmtime.Engine(
        new Config().maxWasmStack(MAX_STACK_BYTES).craneliftOptLevel(OptLevel.SPEED));
  }

  @Override
  public String name() {
    return "wasmtime 7.0.1";
  }

  @Override
  public boolean isInterruptible() {
    return false;
  }

  @Override
  public Program compile(byte[] rewritten) throws EngineRefusal {
    try {
      var module = new Module(engine, rewritten);
      return new Code(module);
    } catch (WasmtimeException e) {
      throw new EngineRefusal(String.valueOf(e.getMessage()));
    }
  }

  private final class Code implements Program {
    private final Module module;

    Code(Module module) {
      this.module = module;
    }

    @Override
    public Instance instantiate(List<HostCall> imports) {
      return new Run(module, imports);
    }

    @Override
    public void close() {
      module.dispose();
    }
  }

  private final class Run implements Instance {
    private final Store<Run> store = new Store<>(this, engine);
    private final List<Func> functions = new ArrayList<>();
    private final Map<String, Func> exports = new HashMap<>();
    private final io.github.kawamuray.wasmtime.Instance instance;
    private final Memory memory;
    private final BufferView view = new BufferView(this::buffer);
    private @Nullable RuntimeException thrown;

    Run(Module module, List<HostCall> imports) {
      var externs = new ArrayList<Extern>();
      for (var call : imports) {
        var function = new Func(
            store, type(call), (caller, arguments, results) -> invoke(call, arguments, results));
        functions.add(function);
        externs.add(Extern.fromFunc(function));
      }
      try {
        instance = new io.github.kawamuray.wasmtime.Instance(store, module, externs);
      } catch (WasmtimeException | WasmFunctionError e) {
        close();
        throw new GuestTrap(String.valueOf(e.getMessage()));
      }
      memory = instance.getMemory(store, Exports.MEMORY).orElseThrow();
    }

    private ByteBuffer buffer() {
      return memory.buffer(store);
    }

    private void invoke(HostCall call, Val[] arguments, Val[] results) {
      var values = new long[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = call.parameters().charAt(i) == 'I' ? arguments[i].i64() : arguments[i].i32();
      }
      try {
        view.refresh();
        int result = call.body().apply(view, values);
        if (call.hasResult()) {
          results[0] = Val.fromI32(result);
        }
      } catch (RuntimeException e) {
        thrown = e;
        throw e;
      }
    }

    @Override
    public long call(String export, long... arguments) {
      var values = new Val[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = export.equals(Exports.BEGIN) && i == 0
            ? Val.fromI64(arguments[i])
            : Val.fromI32((int) arguments[i]);
      }
      try {
        var function = exports.computeIfAbsent(
            export, name -> instance.getFunc(store, name).orElseThrow());
        return bits(function.call(store, values));
      } catch (WasmFunctionError | WasmtimeException e) {
        if (thrown != null) {
          throw thrown;
        }
        if (e instanceof WasmFunctionError.TrapError trap && trap.trap() == Trap.STACK_OVERFLOW) {
          throw new StackOverflow();
        }
        throw new GuestTrap(String.valueOf(e.getMessage()));
      }
    }

    private static long bits(Val[] results) {
      if (results.length == 0) {
        return 0;
      }
      return switch (results[0].getType()) {
        case I32 -> results[0].i32();
        case I64 -> results[0].i64();
        default -> throw new IllegalStateException("expected a whole number");
      };
    }

    @Override
    public void close() {
      exports.values().forEach(Func::dispose);
      functions.forEach(Func::dispose);
      store.close();
    }
  }

  private static FuncType type(HostCall call) {
    var parameters = call.parameters()
        .chars()
        .mapToObj(letter -> letter == 'I' ? Val.Type.I64 : Val.Type.I32)
        .toArray(Val.Type[]::new);
    var results = call.hasResult() ? new Val.Type[] {Val.Type.I32} : new Val.Type[0];
    return new FuncType(parameters, results);
  }
}
