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

/** A module that passed the rules, and its rewritten code; any number of runs may share it. */
record CompiledModule(WasmModule module, Engine.Program program) {
  static CompiledModule of(byte[] bytes, Engine engine) throws ModuleRefused {
    try {
      var module = Parser.parse(bytes);
      ModuleRules.check(module);
      return new CompiledModule(module, engine.compile(ModuleRewriter.rewrite(bytes, module)));
    } catch (ChicoryException e) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED, "the app is not a valid WASM module: " + e.getMessage());
    } catch (UnsupportedModule | EngineRefusal e) {
      throw new ModuleRefused(
          FailureCode.UNSUPPORTED, "the app cannot run here: " + e.getMessage());
    }
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
