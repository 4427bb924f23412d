package io.ruche.sandbox.engine;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.ruche.sandbox.wasi.GuestTrap;
import io.ruche.sandbox.wasi.HostCall;
import java.util.List;
import java.util.function.Function;

/** Compiles modules to methods of this Java. Runs wherever Java runs. */
public final class ChicoryEngine implements Engine {
  public static final String NAME = "chicory 1.7.5";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isInterruptible() {
    return true;
  }

  @Override
  public Program compile(byte[] rewritten) throws EngineRefusal {
    try {
      var module = Parser.parse(rewritten);
      var machine = MachineFactoryCompiler.builder(module)
          .withInterpreterFallback(InterpreterFallback.SILENT)
          .compile();
      return imports -> instantiate(module, machine, imports);
    } catch (ChicoryException e) {
      throw new EngineRefusal(String.valueOf(e.getMessage()));
    }
  }

  private static Instance instantiate(
      WasmModule module,
      Function<com.dylibso.chicory.runtime.Instance, Machine> machine,
      List<HostCall> imports) {
    var functions = imports.stream().map(ChicoryEngine::function).toArray(HostFunction[]::new);
    try {
      return new ChicoryInstance(com.dylibso.chicory.runtime.Instance.builder(module)
          .withMachineFactory(machine)
          .withMemoryFactory(GuestHeap::new)
          .withTableFactory(ChicoryEngine::freshTable)
          .withImportValues(ImportValues.builder().addFunction(functions).build())
          .withStart(false)
          .build());
    } catch (ChicoryException e) {
      throw new GuestTrap(String.valueOf(e.getMessage()));
    }
  }

  /** A table with limits of its own: the engine keeps the grown size in the shared module. */
  private static TableInstance freshTable(Table declared, int initialValue) {
    var limits = new TableLimits(declared.limits().min(), declared.limits().max());
    return new TableInstance(new Table(declared.elementType(), limits), initialValue);
  }

  private static HostFunction function(HostCall call) {
    var parameters = call.parameters()
        .chars()
        .mapToObj(letter -> letter == 'I' ? ValType.I64 : ValType.I32)
        .toList();
    List<ValType> results = call.hasResult() ? List.of(ValType.I32) : List.of();
    var type = FunctionType.of(parameters, results);
    return new HostFunction(call.module(), call.name(), type, (instance, arguments) -> {
      int result = call.body().apply(new HeapView(instance.memory()), arguments);
      return call.hasResult() ? new long[] {result} : new long[0];
    });
  }

  private record ChicoryInstance(com.dylibso.chicory.runtime.Instance instance)
      implements Instance {
    @Override
    public long call(String export, long... arguments) {
      try {
        var results = instance.export(export).apply(arguments);
        return results == null || results.length == 0 ? 0 : results[0];
      } catch (ChicoryException | WasmException e) {
        throw new GuestTrap(String.valueOf(e.getMessage()));
      } catch (StackOverflowError e) {
        throw new StackOverflow();
      }
    }

    @Override
    public void close() {}
  }
}
