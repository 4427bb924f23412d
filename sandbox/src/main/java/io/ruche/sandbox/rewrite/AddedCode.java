package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.ModuleShape.AddedFunction;
import io.ruche.sandbox.rewrite.ModuleShape.AddedGlobal;
import org.jspecify.annotations.Nullable;

/** The bodies of the functions that the rewrite adds. */
final class AddedCode {
  private final ModuleShape module;
  private final int start;
  private final @Nullable Integer initializer;

  AddedCode(ModuleShape module, int start, @Nullable Integer initializer) {
    this.module = module;
    this.start = start;
    this.initializer = initializer;
  }

  void write(WasmWriter out) {
    for (var function : AddedFunction.values()) {
      var body = new WasmWriter().unsigned(0);
      switch (function) {
        case STOP -> stop(body);
        case GROW -> grow(body);
        case BEGIN -> begin(body);
        case MAIN -> main(body);
        case FUEL_LEFT -> get(AddedGlobal.FUEL, body);
        case STOP_REASON -> get(AddedGlobal.STOP_REASON, body);
        case IS_GROWTH_REFUSED -> get(AddedGlobal.IS_GROWTH_REFUSED, body);
      }
      body.op(OpCode.END);
      out.unsigned(body.size()).raw(body.toBytes());
    }
  }

  private void get(AddedGlobal global, WasmWriter body) {
    body.op(OpCode.GLOBAL_GET, module.global(global));
  }

  private void set(AddedGlobal global, WasmWriter body) {
    body.op(OpCode.GLOBAL_SET, module.global(global));
  }

  private void begin(WasmWriter body) {
    set(AddedGlobal.FUEL, body.op(OpCode.LOCAL_GET, 0));
    set(AddedGlobal.MAX_PAGES, body.op(OpCode.LOCAL_GET, 1));
  }

  private void main(WasmWriter body) {
    if (initializer != null) {
      body.op(OpCode.CALL, initializer);
    }
    set(AddedGlobal.DEPTH, body.i32(0));
    body.op(OpCode.CALL, start);
  }

  /** A run that ends for lack of fuel has used all that it had, wherever it was. */
  private void stop(WasmWriter body) {
    set(AddedGlobal.STOP_REASON, body.op(OpCode.LOCAL_GET, 0));
    body.op(OpCode.LOCAL_GET, 0)
        .i32(Exports.OUT_OF_FUEL)
        .op(OpCode.I32_EQ)
        .emptyBlock(OpCode.IF)
        .i64(-1);
    set(AddedGlobal.FUEL, body);
    body.op(OpCode.END).op(OpCode.UNREACHABLE);
  }

  private void grow(WasmWriter body) {
    body.op(OpCode.LOCAL_GET, 0)
        .op(OpCode.I64_EXTEND_I32_U)
        .op(OpCode.MEMORY_SIZE, 0)
        .op(OpCode.I64_EXTEND_I32_U)
        .op(OpCode.I64_ADD);
    get(AddedGlobal.MAX_PAGES, body);
    body.op(OpCode.I64_EXTEND_I32_U).op(OpCode.I64_GT_U).emptyBlock(OpCode.IF).i32(1);
    set(AddedGlobal.IS_GROWTH_REFUSED, body);
    body.i32(-1).op(OpCode.RETURN).op(OpCode.END);
    payForGrowth(body);
    body.op(OpCode.LOCAL_GET, 0)
        .op(OpCode.MEMORY_GROW, 0)
        .op(OpCode.LOCAL_TEE, 0)
        .i32(-1)
        .op(OpCode.I32_EQ);
    set(AddedGlobal.IS_GROWTH_REFUSED, body);
    body.op(OpCode.LOCAL_GET, 0);
  }

  private void payForGrowth(WasmWriter body) {
    get(AddedGlobal.FUEL, body);
    body.op(OpCode.LOCAL_GET, 0)
        .op(OpCode.I64_EXTEND_I32_U)
        .i64(FuelCosts.GROWN_PAGE)
        .op(OpCode.I64_MUL)
        .op(OpCode.I64_SUB);
    set(AddedGlobal.FUEL, body);
    get(AddedGlobal.FUEL, body);
    body.i64(0).op(OpCode.I64_LT_S);
    CodeBuffer.stopIf(Exports.OUT_OF_FUEL, module, body);
  }
}
