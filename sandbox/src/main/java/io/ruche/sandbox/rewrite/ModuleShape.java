package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;

/** What a function's code may refer to, and the numbers of what the rewrite adds. */
final class ModuleShape {
  private static final int FUNCTION_TYPE = 0x60;

  private final List<Signature> types = new ArrayList<>();
  private final int imports;
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<Boolean> isWeighed = new ArrayList<>();
  private final List<Byte> globals = new ArrayList<>();
  private final List<Byte> tables = new ArrayList<>();

  /** Types of parameters and results. */
  record Signature(List<Byte> parameters, List<Byte> results) {
    static Signature of(FunctionType type) throws UnsupportedModule {
      return new Signature(list(ValueTypes.of(type.params())), list(ValueTypes.of(type.returns())));
    }

    static List<Byte> list(byte[] bytes) {
      var list = new ArrayList<Byte>();
      for (byte each : bytes) {
        list.add(each);
      }
      return list;
    }
  }

  ModuleShape(WasmModule module) throws UnsupportedModule {
    var section = module.typeSection();
    for (int i = 0; i < section.subTypeCount(); i++) {
      types.add(Signature.of(section.getType(i)));
    }
    for (var function : AddedFunction.values()) {
      indexOf(function.type());
    }
    var imported = module.importSection();
    imports = imported.count(ExternalType.FUNCTION);
    for (int i = 0; i < imported.importCount(); i++) {
      if (imported.getImport(i) instanceof FunctionImport function) {
        functionTypes.add(function.typeIndex());
      }
    }
    for (int i = 0; i < module.functionSection().functionCount(); i++) {
      functionTypes.add(module.functionSection().getFunctionType(i));
      isWeighed.add(isWeighed(module.codeSection().getFunctionBody(i)));
    }
    for (var global : module.globalSection().globals()) {
      globals.add(ValueTypes.of(global.valueType()));
    }
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      tables.add(ValueTypes.of(module.tableSection().getTable(i).elementType()));
    }
  }

  private boolean isWeighed(FunctionBody body) {
    int size = body.instructions().size() + body.localTypes().size();
    return size > CallDepth.FREE_LEAF_SIZE || body.instructions().stream().anyMatch(this::calls);
  }

  private boolean calls(AnnotatedInstruction instruction) {
    return instruction.opcode() == OpCode.CALL_INDIRECT
        || (instruction.opcode() == OpCode.CALL && instruction.operand(0) >= imports);
  }

  int imports() {
    return imports;
  }

  int originalFunctions() {
    return functionTypes.size();
  }

  /** Whether this function counts for the call depth: it calls others, or is large. */
  boolean isWeighed(int function) {
    return isWeighed.get(function - imports);
  }

  boolean isImported(int function) {
    return function < imports;
  }

  Signature type(int index) {
    return types.get(index);
  }

  Signature functionType(int function) {
    return types.get(functionTypes.get(function));
  }

  byte global(int index) {
    return globals.get(index);
  }

  byte table(int index) {
    return tables.get(index);
  }

  /** The number of this type, added if the module has none like it. */
  int indexOf(Signature wanted) {
    int known = types.indexOf(wanted);
    if (known >= 0) {
      return known;
    }
    types.add(wanted);
    return types.size() - 1;
  }

  /** The content of the type section. */
  byte[] writeTypes() {
    var out = new WasmWriter().unsigned(types.size());
    for (var type : types) {
      out.octet(FUNCTION_TYPE).unsigned(type.parameters().size());
      type.parameters().forEach(out::octet);
      out.unsigned(type.results().size());
      type.results().forEach(out::octet);
    }
    return out.toBytes();
  }

  /** What the rewrite adds behind the module's own globals. */
  int global(AddedGlobal which) {
    return globals.size() + which.offset;
  }

  /** What the rewrite adds behind the module's own functions. */
  int function(AddedFunction which) {
    return functionTypes.size() + which.offset;
  }

  /** Mutable, in this order. */
  enum AddedGlobal {
    FUEL(0, ValueTypes.I64),
    DEPTH(1, ValueTypes.I32),
    STOP_REASON(2, ValueTypes.I32),
    IS_GROWTH_REFUSED(3, ValueTypes.I32),
    MAX_PAGES(4, ValueTypes.I32);

    final byte type;
    private final int offset;

    AddedGlobal(int offset, byte type) {
      this.offset = offset;
      this.type = type;
    }
  }

  /** In this order; parameters and result as letters, {@code i} for i32, {@code I} for i64. */
  enum AddedFunction {
    STOP(0, "i", ""),
    GROW(1, "i", "i"),
    BEGIN(2, "Ii", ""),
    MAIN(3, "", ""),
    FUEL_LEFT(4, "", "I"),
    STOP_REASON(5, "", "i"),
    IS_GROWTH_REFUSED(6, "", "i");

    private final int offset;
    private final String parameters;
    private final String results;

    AddedFunction(int offset, String parameters, String results) {
      this.offset = offset;
      this.parameters = parameters;
      this.results = results;
    }

    Signature type() {
      return new Signature(types(parameters), types(results));
    }

    private static List<Byte> types(String letters) {
      return letters
          .chars()
          .mapToObj(letter -> letter == 'I' ? ValueTypes.I64 : ValueTypes.I32)
          .toList();
    }
  }
}
