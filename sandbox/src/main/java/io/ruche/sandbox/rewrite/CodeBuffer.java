package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.ModuleShape.AddedFunction;
import io.ruche.sandbox.rewrite.ModuleShape.AddedGlobal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The new code of one function: what was written, the places where charges belong once their sums
 * are known, and the locals that were added.
 */
final class CodeBuffer {
  final WasmWriter out = new WasmWriter();
  private final ModuleShape module;
  private final int originalLocals;
  private final List<Mark> marks = new ArrayList<>();
  private final Map<String, Integer> scratch = new LinkedHashMap<>();
  private final List<Byte> added = new ArrayList<>();

  private record Mark(int position, Frame.Segment segment) {}

  CodeBuffer(ModuleShape module, int originalLocals) {
    this.module = module;
    this.originalLocals = originalLocals;
  }

  List<Byte> addedLocals() {
    return added;
  }

  /** The number of a local of this type and use. */
  int local(String use, byte type) {
    return scratch.computeIfAbsent(use + type, name -> {
      added.add(type);
      return originalLocals + added.size() - 1;
    });
  }

  int fuel() {
    return local("fuel", ValueTypes.I64);
  }

  int depth() {
    return local("depth", ValueTypes.I32);
  }

  Frame.Segment begin(boolean isChecked) {
    var segment = new Frame.Segment(isChecked);
    marks.add(new Mark(out.size(), segment));
    return segment;
  }

  /** Other code looks at the global; inside the function the local is quicker. */
  void storeFuel() {
    storeFuel(out);
  }

  private void storeFuel(WasmWriter to) {
    to.op(OpCode.LOCAL_GET, fuel()).op(OpCode.GLOBAL_SET, module.global(AddedGlobal.FUEL));
  }

  void loadFuel() {
    out.op(OpCode.GLOBAL_GET, module.global(AddedGlobal.FUEL)).op(OpCode.LOCAL_SET, fuel());
  }

  void storeDepth() {
    out.op(OpCode.LOCAL_GET, depth()).op(OpCode.GLOBAL_SET, module.global(AddedGlobal.DEPTH));
  }

  /** Ends the run if the i32 on the stack is not 0. */
  static void stopIf(int reason, ModuleShape module, WasmWriter to) {
    to.emptyBlock(OpCode.IF)
        .i32(reason)
        .op(OpCode.CALL, module.function(AddedFunction.STOP))
        .op(OpCode.UNREACHABLE)
        .op(OpCode.END);
  }

  /** Ends the run if the fuel is used up. */
  void checkFuel(WasmWriter to) {
    to.op(OpCode.LOCAL_GET, fuel()).i64(0).op(OpCode.I64_LT_S);
    stopIf(Exports.OUT_OF_FUEL, module, to);
  }

  /** Takes this function's share of the depth that callers left. */
  void enter(int weight, WasmWriter to) {
    to.op(OpCode.GLOBAL_GET, module.global(AddedGlobal.DEPTH))
        .i32(weight)
        .op(OpCode.I32_ADD)
        .op(OpCode.LOCAL_TEE, depth())
        .i32(CallDepth.MAX)
        .op(OpCode.I32_GT_U);
    stopIf(Exports.TOO_DEEP, module, to);
  }

  /** The code with its charges. */
  byte[] finish() {
    fuel();
    var whole = new WasmWriter();
    byte[] code = out.toBytes();
    int from = 0;
    for (var mark : marks) {
      whole.raw(code, from, mark.position());
      from = mark.position();
      charge(mark.segment(), whole);
    }
    return whole.raw(code, from, code.length).toBytes();
  }

  private void charge(Frame.Segment segment, WasmWriter to) {
    if (segment.cost > 0) {
      to.op(OpCode.LOCAL_GET, fuel())
          .i64(segment.cost)
          .op(OpCode.I64_SUB)
          .op(OpCode.LOCAL_SET, fuel());
    }
    if (segment.isChecked) {
      storeFuel(to);
      checkFuel(to);
    }
  }
}
