package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.ModuleShape.AddedFunction;
import io.ruche.sandbox.rewrite.ModuleShape.AddedGlobal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a checked module anew. What it computes stays the same; it gains an interface of its own:
 * {@link Exports}. Nothing else is exported, and there is no start function: {@code run} calls it.
 */
public final class ModuleRewriter {
  /** Elements of all tables together. */
  public static final int MAX_TABLE_ELEMENTS = 1 << 20;

  /** Of the lazy locals of one function, after which none is lazy. */
  private static final int MAX_READINGS = 4;

  private final byte[] original;
  private final WasmModule module;
  private final ModuleShape shape;

  private ModuleRewriter(byte[] original, WasmModule module) throws UnsupportedModule {
    this.original = original;
    this.module = module;
    this.shape = new ModuleShape(module);
  }

  /**
   * Rewrites a module.
   *
   * @param module the same bytes, parsed and valid, that imports functions only, has one memory and
   *     exports a function {@code _start}
   */
  public static byte[] rewrite(byte[] original, WasmModule module) throws UnsupportedModule {
    var rewriter = new ModuleRewriter(original, module);
    rewriter.requirePlainConstants();
    return rewriter.write();
  }

  private byte[] write() throws UnsupportedModule {
    var sections = Sections.of(original);
    byte[] code = code(); // first: it adds types
    var out = new WasmWriter().raw(Sections.HEADER);
    sections.write(1, types(), out);
    sections.copy(2, out);
    sections.extend(3, addedFunctionTypes(), AddedFunction.values().length, out);
    sections.write(4, tables(), out);
    sections.copy(5, out);
    sections.extend(6, addedGlobals(), AddedGlobal.values().length, out);
    sections.write(7, exports(), out);
    sections.copy(9, out);
    sections.copy(12, out);
    sections.write(10, code, out);
    sections.copy(11, out);
    return out.toBytes();
  }

  private byte[] code() throws UnsupportedModule {
    int own = module.codeSection().functionBodyCount();
    var out = new WasmWriter().unsigned(own + AddedFunction.values().length);
    for (int i = 0; i < own; i++) {
      out.raw(function(i));
    }
    var start = module.startSection().map(section -> (int) section.startIndex());
    new AddedCode(shape, exported("_start"), start.orElse(null)).write(out);
    return out.toBytes();
  }

  private byte[] function(int index) throws UnsupportedModule {
    int number = shape.imports() + index;
    var body = module.codeSection().getFunctionBody(index);
    var locals = new FloatLocals(shape.functionType(number), body);
    for (int reading = 0; reading < MAX_READINGS; reading++) {
      byte[] bytes = new FunctionRewriter(shape, number, body, locals).rewrite();
      if (!locals.hasChanged()) {
        return bytes;
      }
    }
    locals.allExact();
    return new FunctionRewriter(shape, number, body, locals).rewrite();
  }

  private byte[] types() {
    return shape.writeTypes();
  }

  private byte[] addedFunctionTypes() {
    var out = new WasmWriter();
    for (var function : AddedFunction.values()) {
      out.unsigned(shape.indexOf(function.type()));
    }
    return out.toBytes();
  }

  private byte[] addedGlobals() {
    var out = new WasmWriter();
    for (var global : AddedGlobal.values()) {
      out.octet(global.type).octet(1);
      if (global.type == ValueTypes.I64) {
        out.i64(0);
      } else {
        out.i32(0);
      }
      out.op(OpCode.END);
    }
    return out.toBytes();
  }

  /** With a largest size for each, which is an equal share of what all may have. */
  private byte[] tables() throws UnsupportedModule {
    var section = module.tableSection();
    if (section.tableCount() == 0) {
      return new byte[0];
    }
    long share = MAX_TABLE_ELEMENTS / section.tableCount();
    var out = new WasmWriter().unsigned(section.tableCount());
    for (int i = 0; i < section.tableCount(); i++) {
      var limits = section.getTable(i).limits();
      long max = Math.max(limits.min(), Math.min(limits.max(), share));
      out.octet(shape.table(i)).octet(1).unsigned(limits.min()).unsigned(max);
    }
    return out.toBytes();
  }

  private byte[] exports() {
    var names = Map.of(
        Exports.RUN, AddedFunction.MAIN,
        Exports.BEGIN, AddedFunction.BEGIN,
        Exports.FUEL_LEFT, AddedFunction.FUEL_LEFT,
        Exports.STOP_REASON, AddedFunction.STOP_REASON,
        Exports.IS_GROWTH_REFUSED, AddedFunction.IS_GROWTH_REFUSED);
    var referable = module.exportSection();
    var out = new WasmWriter();
    int count = names.size() + 1;
    out.text(Exports.MEMORY).octet(2).unsigned(0);
    for (var name : new TreeMap<>(names).entrySet()) {
      out.text(name.getKey()).octet(0).unsigned(shape.function(name.getValue()));
    }
    for (int i = 0; i < referable.exportCount(); i++) {
      if (usesReferences() && referable.getExport(i).exportType() == ExternalType.FUNCTION) {
        out.text("referable" + i).octet(0).unsigned(referable.getExport(i).index());
        count++;
      }
    }
    return new WasmWriter().unsigned(count).raw(out.toBytes()).toBytes();
  }

  /**
   * Code may refer to a function only when something outside the code names it, as an export does.
   */
  private boolean usesReferences() {
    for (var body : module.codeSection().functionBodies()) {
      if (body.instructions().stream().anyMatch(each -> each.opcode() == OpCode.REF_FUNC)) {
        return true;
      }
    }
    return false;
  }

  private int exported(String name) {
    var exports = module.exportSection();
    for (int i = 0; i < exports.exportCount(); i++) {
      if (exports.getExport(i).name().equals(name)) {
        return exports.getExport(i).index();
      }
    }
    throw new IllegalArgumentException("expected an export " + name);
  }

  /** Not every engine computes in what initialises globals and segments. */
  private void requirePlainConstants() throws UnsupportedModule {
    for (var global : module.globalSection().globals()) {
      requireConstant(global.initInstructions());
    }
    for (var element : module.elementSection().elements()) {
      if (element instanceof ActiveElement active) {
        requireConstant(active.offset());
      }
      for (var initializer : element.initializers()) {
        requireConstant(initializer);
      }
    }
    for (var segment : module.dataSection().dataSegments()) {
      if (segment instanceof ActiveDataSegment active) {
        requireConstant(active.offsetInstructions());
      }
    }
  }

  private static void requireConstant(List<Instruction> expression) throws UnsupportedModule {
    int steps = 0;
    for (var instruction : expression) {
      switch (instruction.opcode()) {
        case I32_CONST, I64_CONST, F32_CONST, F64_CONST, REF_NULL, REF_FUNC -> steps++;
        case END -> {}
        default ->
          throw new UnsupportedModule(
              "computed constants are not supported: " + instruction.opcode());
      }
    }
    if (steps != 1) {
      throw new UnsupportedModule("computed constants are not supported");
    }
  }
}
