package io.ruche.sandbox.rewrite;

import static io.ruche.sandbox.rewrite.OperandStack.DIRTY;
import static io.ruche.sandbox.rewrite.OperandStack.EXACT;
import static io.ruche.sandbox.rewrite.OperandStack.NUMBER;

import com.dylibso.chicory.wasm.types.OpCode;

/** Makes NaNs canonical where their bits would be shown. */
final class Floats {
  private static final int CANONICAL_F32 = 0x7fc00000;
  private static final long CANONICAL_F64 = 0x7ff8000000000000L;

  private final OperandStack stack;
  private final CodeBuffer code;
  private final FloatLocals locals;

  Floats(OperandStack stack, CodeBuffer code, FloatLocals locals) {
    this.stack = stack;
    this.code = code;
    this.locals = locals;
  }

  /** The bits of the topmost values will be seen. */
  void expose(int count) {
    exposeBelow(0, count);
  }

  /** The same for values that lie below the topmost {@code skipped}. */
  void exposeBelow(int skipped, int count) {
    int deepest = -1;
    for (int depth = skipped; depth < skipped + count; depth++) {
      deepest = stack.bits(depth) == DIRTY ? depth : deepest;
    }
    for (int depth = 0; depth < deepest; depth++) {
      code.out.op(OpCode.LOCAL_SET, parked(depth));
    }
    for (int depth = deepest; depth >= 0; depth--) {
      if (depth < deepest) {
        code.out.op(OpCode.LOCAL_GET, parked(depth));
      }
      if (depth >= skipped && stack.bits(depth) == DIRTY) {
        makeCanonical(stack.type(depth));
        stack.setBits(depth, NUMBER);
      }
    }
  }

  private int parked(int depth) {
    return code.local("parked" + depth + "/", stack.type(depth));
  }

  /** The value on top goes into a local. */
  void beforeLocal(int local) {
    if (!ValueTypes.isFloat(locals.type(local))) {
      return;
    }
    if (!locals.isLazy(local)) {
      expose(1);
    } else if (stack.bits(0) == EXACT) {
      locals.mustBeExact(local);
    }
  }

  /** Answers what is known of the value that a select leaves. */
  byte beforeSelect() {
    byte one = stack.bits(1);
    byte other = stack.bits(2);
    if ((one == DIRTY && other == EXACT) || (one == EXACT && other == DIRTY)) {
      exposeBelow(1, 2);
      return EXACT;
    }
    return (byte) Math.max(one, other);
  }

  private void makeCanonical(byte type) {
    boolean isSingle = type == ValueTypes.F32;
    int value = code.local("canonical", type);
    code.out.op(OpCode.LOCAL_SET, value);
    makeCanonical(isSingle, value, code);
    code.out.op(OpCode.LOCAL_GET, value);
  }

  /** The value of this local. */
  static void makeCanonical(boolean isSingle, int local, CodeBuffer code) {
    code.out.emptyBlock(OpCode.BLOCK);
    isNumber(isSingle, local, code);
    code.out.op(OpCode.BR_IF, 0);
    if (isSingle) {
      code.out.op(OpCode.F32_CONST).littleEndian(CANONICAL_F32, Float.BYTES);
    } else {
      code.out.op(OpCode.F64_CONST).littleEndian(CANONICAL_F64, Double.BYTES);
    }
    code.out.op(OpCode.LOCAL_SET, local).op(OpCode.END);
  }

  /**
   * Leaves 0 for a NaN, else 1. By {@code <=}, for which a processor needs one branch; for equality
   * x86 needs two.
   */
  static void isNumber(boolean isSingle, int local, CodeBuffer code) {
    code.out
        .op(OpCode.LOCAL_GET, local)
        .op(OpCode.LOCAL_GET, local)
        .op(isSingle ? OpCode.F32_LE : OpCode.F64_LE);
  }
}
