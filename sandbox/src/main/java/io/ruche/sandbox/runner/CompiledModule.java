package io.ruche.sandbox.runner;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.ruche.core.FailureCode;
import io.ruche.sandbox.engine.Engine;
import io.ruche.sandbox.engine.Engine.EngineRefusal;
import io.ruche.sandbox.rewrite.ModuleRewriter;
import io.ruche.sandbox.rewrite.UnsupportedModule;
import io.ruche.sandbox.wasi.HostCall;
import java.util.ArrayList;
import java.util.List;

/**
 * A module that passed the rules, and its rewritten code; any number of runs may share it.
 *
 * @param isFallback whether it is the last engine's, after which there is no other
 */
record CompiledModule(WasmModule module, Engine.Program program, boolean isFallback) {
  /** Compiled by the first of these engines that takes it. */
  static CompiledModule of(byte[] bytes, List<Engine> engines) throws ModuleRefused {
    try {
      var module = Parser.parse(bytes);
      ModuleRules.check(module);
      return compiled(module, ModuleRewriter.rewrite(bytes, module), engines);
    } catch (ChicoryException e) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED, "the app is not a valid WASM module: " + e.getMessage());
    } catch (UnsupportedModule | EngineRefusal e) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED, "the app cannot run here: " + e.getMessage());
    }
  }

  /** What one engine cannot do says nothing of the module. */
  private static CompiledModule compiled(WasmModule module, byte[] rewritten, List<Engine> engines)
      throws EngineRefusal {
    if (engines.size() == 1) {
      return new CompiledModule(module, engines.getFirst().compile(rewritten), true);
    }
    try {
      return new CompiledModule(module, engines.getFirst().compile(rewritten), false);
    } catch (EngineRefusal e) {
      return compiled(module, rewritten, engines.subList(1, engines.size()));
    }
  }

  /** The same where another engine stands behind this one. */
  CompiledModule withFallback() {
    return new CompiledModule(module, program, false);
  }

  /** The host functions that the module asks for, in its order. */
  List<HostCall> imports(List<HostCall> offered) throws ModuleRefused {
    var found = new ArrayList<HostCall>();
    var section = module.importSection();
    for (int i = 0; i < section.importCount(); i++) {
      if (section.getImport(i) instanceof FunctionImport wanted) {
        found.add(matching(wanted, offered));
      }
    }
    return found;
  }

  private HostCall matching(FunctionImport wanted, List<HostCall> offered) throws ModuleRefused {
    var type = module.typeSection().getType(wanted.typeIndex());
    return offered.stream()
        .filter(call -> call.module().equals(wanted.module()))
        .filter(call -> call.name().equals(wanted.name()))
        .filter(call -> ModuleRules.hasType(call, type))
        .findFirst()
        .orElseThrow(() -> new ModuleRefused(
            FailureCode.UNSUPPORTED,
            "the app cannot run here: no function %s.%s%s is offered"
                .formatted(wanted.module(), wanted.name(), type)));
  }
}
