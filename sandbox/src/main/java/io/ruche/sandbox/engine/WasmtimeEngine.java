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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Native code by wasmtime 7 of 2023, through JNI. To be used only where something else keeps the
 * process in. Its guests hear no interrupt.
 */
public final class WasmtimeEngine implements Engine {
  /** Less than the guest's thread has: host functions run above. */
  private static final long MAX_STACK_BYTES = CallDepth.STACK_BYTES;

  /** Each holds address space of some GiB until its store is closed. */
  private static final int MAX_RUNS_PER_STORE = 32;

  /** Memory of runs that are over, for each module that a runner remembers. */
  private static final long MAX_HELD_BYTES = 8L << 20;

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
    private final LargePages largePages = new LargePages();
    private @Nullable Host host;

    Code(Module module) {
      this.module = module;
    }

    @Override
    public Instance instantiate(List<HostCall> imports) {
      var known = host;
      if (known == null || known.isUsedUp()) {
        dropHost();
        known = new Host(imports);
        host = known;
      }
      return new Run(this, known, imports);
    }

    @Override
    public void close() {
      dropHost();
      module.dispose();
    }

    private void dropHost() {
      var old = host;
      host = null;
      if (old != null) {
        old.close();
      }
    }
  }

  /**
   * What a module imports, for some of its runs: this wasmtime compiles a piece of code for each
   * host function, which takes longer than a short run. Instances of one store see nothing of each
   * other, but their memory is given back with the store only.
   */
  private final class Host implements AutoCloseable {
    private final Store<Host> store = new Store<>(this, engine);
    private final List<Func> functions = new ArrayList<>();
    private @Nullable Run current;
    private int runs;
    private long heldBytes;

    Host(List<HostCall> imports) {
      for (int i = 0; i < imports.size(); i++) {
        int index = i;
        functions.add(new Func(
            store,
            type(imports.get(i)),
            (caller, arguments, results) ->
                Objects.requireNonNull(current).invoke(index, arguments, results)));
      }
    }

    List<Extern> externs() {
      return functions.stream().map(Extern::fromFunc).toList();
    }

    void begin(Run run) {
      current = run;
      runs++;
    }

    void end(long memoryBytes) {
      current = null;
      heldBytes += memoryBytes;
      if (isUsedUp()) {
        close();
      }
    }

    boolean isUsedUp() {
      return runs >= MAX_RUNS_PER_STORE || heldBytes >= MAX_HELD_BYTES;
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
      runs = MAX_RUNS_PER_STORE;
      functions.forEach(Func::dispose);
      functions.clear();
      store.close();
    }
  }

  private static final class Run implements Instance {
    private final Code code;
    private final Host host;
    private final List<HostCall> imports;
    private final Map<String, Func> exports = new HashMap<>();
    private final io.github.kawamuray.wasmtime.Instance instance;
    private final Memory memory;
    private final BufferView view = new BufferView(this::buffer);
    private @Nullable RuntimeException thrown;

    Run(Code code, Host host, List<HostCall> imports) {
      this.code = code;
      this.host = host;
      this.imports = imports;
      host.begin(this);
      try {
        instance =
            new io.github.kawamuray.wasmtime.Instance(host.store, code.module, host.externs());
      } catch (WasmtimeException | WasmFunctionError e) {
        host.end(MAX_HELD_BYTES);
        throw new GuestTrap(String.valueOf(e.getMessage()));
      }
      memory = instance.getMemory(host.store, Exports.MEMORY).orElseThrow();
      code.largePages.began(buffer());
    }

    private ByteBuffer buffer() {
      return memory.buffer(host.store);
    }

    private void invoke(int index, Val[] arguments, Val[] results) {
      var call = imports.get(index);
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
            export, name -> instance.getFunc(host.store, name).orElseThrow());
        return bits(function.call(host.store, values));
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
      var used = buffer();
      code.largePages.noticed(used);
      exports.values().forEach(Func::dispose);
      memory.dispose();
      instance.dispose();
      host.end(used.capacity());
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
