package io.ruche.sandbox.runner;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.ruche.core.FailureCode;
import java.util.function.Function;

/** A module that passed the rules, and its code as JVM classes; any number of runs may share it. */
record CompiledModule(WasmModule module, Function<Instance, Machine> machine) {
  static CompiledModule of(byte[] bytes) throws ModuleRefused {
    try {
      var module = Parser.parse(bytes);
      ModuleRules.check(module);
      var machine = MachineFactoryCompiler.builder(module)
          .withInterpreterFallback(InterpreterFallback.SILENT)
          .compile();
      return new CompiledModule(module, machine);
    } catch (ChicoryException e) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED, "the app is not a valid WASM module: " + e.getMessage());
    }
  }
}
