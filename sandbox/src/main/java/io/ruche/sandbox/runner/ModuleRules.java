package io.ruche.sandbox.runner;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.ruche.core.FailureCode;
import io.ruche.sandbox.rewrite.ModuleRewriter;
import io.ruche.sandbox.wasi.HostCall;
import java.util.List;

/** What a module must be to run here; all of it is decided from its bytes, before any code runs. */
final class ModuleRules {
  static final int PAGES_PER_MIB = 16;

  /** What fits one array of this Java: just under 2 GiB. */
  static final int MAX_PAGES = (1 << 15) - 1;

  private ModuleRules() {}

  static void check(WasmModule module) throws ModuleRefused {
    memoryOf(module);
    requireStart(module);
    requireImportedFunctionsOnly(module);
    requireSmallTables(module);
    requirePlainTypes(module);
    if (module.tagSection().isPresent()) {
      throw unsupported("exceptions (tags) are not supported");
    }
  }

  /** The only memory's limits as the module declares them. */
  static MemoryLimits memoryOf(WasmModule module) throws ModuleRefused {
    var section = module.memorySection();
    if (section.isEmpty() || section.get().memoryCount() != 1) {
      throw unsupported("expected exactly one memory of its own");
    }
    var limits = section.get().getMemory(0).limits();
    if (limits.shared()) {
      throw unsupported("shared memory (threads) is not supported");
    }
    return limits;
  }

  /** The most pages that a run may have; the declared ones must fit. */
  static int maxPages(WasmModule module, int memoryMiB) throws ModuleRefused {
    var declared = memoryOf(module);
    int maxPages = (int) Math.min((long) memoryMiB * PAGES_PER_MIB, MAX_PAGES);
    if (declared.initialPages() > maxPages) {
      throw new ModuleRefused(
          FailureCode.MEMORY,
          "the app declares %d KiB of memory, the limit is %d MiB"
              .formatted(declared.initialPages() * 64L, memoryMiB));
    }
    return maxPages;
  }

  /** Whether a module that declares this type may import the function. */
  static boolean hasType(HostCall call, FunctionType type) {
    var parameters = call.parameters()
        .chars()
        .mapToObj(letter -> letter == 'I' ? ValType.I64 : ValType.I32)
        .toList();
    List<ValType> results = call.hasResult() ? List.of(ValType.I32) : List.of();
    return type.equals(FunctionType.of(parameters, results));
  }

  private static void requireStart(WasmModule module) throws ModuleRefused {
    var exports = module.exportSection();
    for (int i = 0; i < exports.exportCount(); i++) {
      var export = exports.getExport(i);
      if (export.name().equals("_start") && export.exportType() == ExternalType.FUNCTION) {
        return;
      }
    }
    throw unsupported("expected an exported function _start");
  }

  private static void requireImportedFunctionsOnly(WasmModule module) throws ModuleRefused {
    var imports = module.importSection();
    if (imports.count(ExternalType.FUNCTION) != imports.importCount()) {
      throw unsupported("expected to import functions only");
    }
  }

  private static void requireSmallTables(WasmModule module) throws ModuleRefused {
    var tables = module.tableSection();
    long elements = 0;
    for (int i = 0; i < tables.tableCount(); i++) {
      elements += Math.max(1, tables.getTable(i).limits().min());
    }
    if (elements > ModuleRewriter.MAX_TABLE_ELEMENTS) {
      throw unsupported("expected tables of at most %d elements, found %d"
          .formatted(ModuleRewriter.MAX_TABLE_ELEMENTS, elements));
    }
  }

  /** Garbage-collected types would take memory that no limit of ours counts. */
  private static void requirePlainTypes(WasmModule module) throws ModuleRefused {
    var types = module.typeSection();
    for (int i = 0; i < types.subTypeCount(); i++) {
      if (types.getSubType(i).compType().funcType() == null) {
        throw unsupported("garbage-collected types are not supported");
      }
    }
  }

  private static ModuleRefused unsupported(String detail) {
    return new ModuleRefused(FailureCode.UNSUPPORTED, "the app cannot run here: " + detail);
  }
}
