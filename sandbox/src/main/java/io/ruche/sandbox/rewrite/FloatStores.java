package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores whose value may be a NaN with bits of the engine's choice. Several in a row are written as
 * they are, then checked together: their sum is a NaN if one of them is. Only then are they stored
 * once more, in the same order, with canonical NaNs. In between no instruction runs that reads or
 * writes memory or leaves the straight code, so nobody sees the first bits; after a trap nobody
 * looks at memory.
 */
final class FloatStores {
  /** Each keeps its address and value in registers until the check. */
  private static final int MAX_UNCHECKED = 4;

  private final OperandStack stack;
  private final CodeBuffer code;
  private final List<Store> unchecked = new ArrayList<>();

  /** A store, and the locals that hold its address and its value. */
  private record Store(Instruction instruction, int address, int value) {
    boolean isSingle() {
      return instruction.opcode() == OpCode.F32_STORE;
    }

    void write(CodeBuffer code) throws UnsupportedModule {
      code.out.op(OpCode.LOCAL_GET, address).op(OpCode.LOCAL_GET, value);
      Instructions.write(instruction, code.out);
    }
  }

  FloatStores(OperandStack stack, CodeBuffer code) {
    this.stack = stack;
    this.code = code;
  }

  /** Checks what was stored, unless the instruction that follows may run before. */
  void before(Instruction next) throws UnsupportedModule {
    if (!unchecked.isEmpty() && !isJoining(next) && !Effect.leavesMemoryAlone(next.opcode())) {
      check();
    }
  }

  private boolean isJoining(Instruction next) {
    return unchecked.size() < MAX_UNCHECKED
        && takes(next)
        && next.opcode() == unchecked.getFirst().instruction.opcode();
  }

  /** Whether this is a store whose value is not known to be canonical. */
  boolean takes(Instruction instruction) {
    return (instruction.opcode() == OpCode.F32_STORE || instruction.opcode() == OpCode.F64_STORE)
        && stack.bits(0) == OperandStack.DIRTY;
  }

  /** Writes a store that this {@link #takes}. */
  void write(Instruction instruction) throws UnsupportedModule {
    int number = unchecked.size();
    var store = new Store(
        instruction,
        code.local("address" + number + "/", ValueTypes.I32),
        code.local("stored" + number + "/", stack.type(0)));
    unchecked.add(store);
    code.out.op(OpCode.LOCAL_SET, store.value).op(OpCode.LOCAL_SET, store.address);
    store.write(code);
    stack.pop(2);
  }

  private void check() throws UnsupportedModule {
    boolean isSingle = unchecked.getFirst().isSingle();
    code.out.emptyBlock(OpCode.BLOCK);
    sum(isSingle);
    Floats.isNumber(isSingle, code.local("sum", type(isSingle)), code);
    code.out.op(OpCode.BR_IF, 0);
    for (var store : unchecked) {
      Floats.makeCanonical(isSingle, store.value, code);
      store.write(code);
    }
    code.out.op(OpCode.END);
    unchecked.clear();
  }

  private void sum(boolean isSingle) {
    code.out.op(OpCode.LOCAL_GET, unchecked.getFirst().value);
    for (var store : unchecked.subList(1, unchecked.size())) {
      code.out.op(OpCode.LOCAL_GET, store.value).op(isSingle ? OpCode.F32_ADD : OpCode.F64_ADD);
    }
    code.out.op(OpCode.LOCAL_SET, code.local("sum", type(isSingle)));
  }

  private static byte type(boolean isSingle) {
    return isSingle ? ValueTypes.F32 : ValueTypes.F64;
  }
}
