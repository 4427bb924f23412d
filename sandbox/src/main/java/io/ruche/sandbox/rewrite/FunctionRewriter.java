package io.ruche.sandbox.rewrite;

import static io.ruche.sandbox.rewrite.OperandStack.DIRTY;
import static io.ruche.sandbox.rewrite.OperandStack.EXACT;
import static io.ruche.sandbox.rewrite.OperandStack.NUMBER;

import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import io.ruche.sandbox.rewrite.ModuleShape.AddedFunction;
import io.ruche.sandbox.rewrite.ModuleShape.Signature;
import java.util.List;

/**
 * Reads one function from its first instruction to its last, keeping the types of the operand
 * stack, and writes it anew. Code that cannot be reached is left out.
 */
final class FunctionRewriter {
  private final ModuleShape module;
  private final FunctionBody body;
  private final Signature type;
  private final FloatLocals locals;
  private final OperandStack stack = new OperandStack();
  private final CodeBuffer code;
  private final Floats floats;
  private final FloatStores floatStores;
  private final Control control;
  private final boolean isWeighed;

  FunctionRewriter(ModuleShape module, int function, FunctionBody body, FloatLocals locals) {
    this.module = module;
    this.body = body;
    this.type = module.functionType(function);
    this.locals = locals;
    this.isWeighed = module.isWeighed(function);
    this.code = new CodeBuffer(module, locals.count());
    this.floats = new Floats(stack, code, locals);
    this.floatStores = new FloatStores(stack, code);
    this.control = new Control(module, stack, code, floats);
  }

  /** The function's entry of the code section. */
  byte[] rewrite() throws UnsupportedModule {
    control.openFunction(type, isWeighed);
    for (var instruction : body.instructions()) {
      if (!control.skips(instruction.opcode())) {
        step(instruction);
      }
    }
    return assemble();
  }

  private byte[] assemble() {
    int weight = CallDepth.weight(locals.count(), stack.maxHeight());
    var prologue = new WasmWriter();
    if (isWeighed) {
      code.enter(weight, prologue);
    }
    byte[] main = code.finish();
    var whole = new WasmWriter();
    writeLocals(whole);
    whole.raw(prologue.toBytes()).raw(main);
    return new WasmWriter().unsigned(whole.size()).raw(whole.toBytes()).toBytes();
  }

  private void writeLocals(WasmWriter out) {
    List<Byte> declared = locals.declaredThen(code.addedLocals());
    out.unsigned(declared.size());
    declared.forEach(each -> out.unsigned(1).octet(each));
  }

  private void step(Instruction instruction) throws UnsupportedModule {
    var opcode = instruction.opcode();
    floatStores.before(instruction);
    control.pay(FuelCosts.of(opcode));
    switch (opcode) {
      case NOP -> {}
      case BLOCK, LOOP, IF -> control.open(instruction);
      case ELSE -> control.otherwise();
      case END -> control.close();
      case BR, BR_IF, BR_TABLE -> control.branch(instruction);
      case RETURN -> control.leave();
      case UNREACHABLE -> control.trap();
      case CALL -> call(Math.toIntExact(instruction.operand(0)), instruction);
      case CALL_INDIRECT -> callIndirect(instruction);
      case DROP -> {
        stack.pop(1);
        code.out.op(OpCode.DROP);
      }
      case SELECT, SELECT_T -> select(instruction);
      case LOCAL_GET -> {
        int local = Math.toIntExact(instruction.operand(0));
        stack.push(locals.type(local), locals.bits(local));
        Instructions.write(instruction, code.out);
      }
      case LOCAL_SET -> {
        floats.beforeLocal(Math.toIntExact(instruction.operand(0)));
        stack.pop(1);
        Instructions.write(instruction, code.out);
      }
      case LOCAL_TEE -> {
        floats.beforeLocal(Math.toIntExact(instruction.operand(0)));
        Instructions.write(instruction, code.out);
      }
      case GLOBAL_GET -> push(module.global(Math.toIntExact(instruction.operand(0))), instruction);
      case GLOBAL_SET -> {
        floats.expose(1);
        pop(1, instruction);
      }
      case TABLE_GET -> {
        stack.pop(1);
        push(table(instruction), instruction);
      }
      case TABLE_SET -> pop(2, instruction);
      case REF_NULL -> push((byte) (instruction.operand(0) & 0x7f), instruction);
      case REF_IS_NULL -> {
        stack.pop(1);
        push(ValueTypes.I32, instruction);
      }
      case MEMORY_GROW -> {
        code.storeFuel();
        code.out.op(OpCode.CALL, module.function(AddedFunction.GROW));
        code.loadFuel();
      }
      case TABLE_GROW -> {
        payForTableGrowth();
        stack.pop(2);
        push(ValueTypes.I32, instruction);
      }
      case TABLE_FILL -> {
        payByLength(FuelCosts.ELEMENTS_PER_UNIT_SHIFT);
        pop(3, instruction);
      }
      case F32_STORE, F64_STORE -> storeFloat(instruction);
      default -> plain(instruction);
    }
  }

  private void storeFloat(Instruction instruction) throws UnsupportedModule {
    if (floatStores.takes(instruction)) {
      floatStores.write(instruction);
    } else {
      plain(instruction);
    }
  }

  private byte table(Instruction instruction) {
    return module.table(Math.toIntExact(instruction.operand(0)));
  }

  private void push(byte pushed, Instruction instruction) throws UnsupportedModule {
    stack.push(pushed, EXACT);
    Instructions.write(instruction, code.out);
  }

  private void pop(int count, Instruction instruction) throws UnsupportedModule {
    stack.pop(count);
    Instructions.write(instruction, code.out);
  }

  private void plain(Instruction instruction) throws UnsupportedModule {
    var opcode = instruction.opcode();
    var effect = Effect.of(opcode);
    if (Effect.showsBits(opcode)) {
      floats.expose(effect.pops());
    }
    switch (opcode) {
      case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT -> payByLength(FuelCosts.BYTES_PER_UNIT_SHIFT);
      case TABLE_COPY, TABLE_INIT -> payByLength(FuelCosts.ELEMENTS_PER_UNIT_SHIFT);
      default -> {}
    }
    stack.pop(effect.pops());
    if (opcode == OpCode.F32_CONVERT_I64_U) {
      convertToSingle();
    } else {
      Instructions.write(instruction, code.out);
    }
    for (byte pushed : effect.pushes()) {
      stack.push(pushed, Effect.choosesNan(opcode) ? DIRTY : bitsOf(instruction));
    }
  }

  /**
   * Of an i64 without sign, by way of one with a sign: Chicory 1.7.5 rounds wrongly from 2^63 on.
   * Such numbers are halved first, and the bit that is lost stays to be rounded by.
   */
  private void convertToSingle() {
    int value = code.local("unsigned", ValueTypes.I64);
    int isLarge = code.local("large", ValueTypes.I64);
    code.out
        .op(OpCode.LOCAL_TEE, value)
        .op(OpCode.LOCAL_GET, value)
        .i64(63)
        .op(OpCode.I64_SHR_U)
        .op(OpCode.LOCAL_TEE, isLarge)
        .op(OpCode.I64_SHR_U)
        .op(OpCode.LOCAL_GET, value)
        .op(OpCode.LOCAL_GET, isLarge)
        .op(OpCode.I64_AND)
        .op(OpCode.I64_OR)
        .op(OpCode.F32_CONVERT_I64_S)
        .op(OpCode.LOCAL_GET, isLarge)
        .i64(1)
        .op(OpCode.I64_ADD)
        .op(OpCode.F32_CONVERT_I64_S)
        .op(OpCode.F32_MUL);
  }

  private static byte bitsOf(Instruction instruction) {
    return switch (instruction.opcode()) {
      case F32_CONST ->
        Float.isNaN(Float.intBitsToFloat((int) instruction.operand(0))) ? EXACT : NUMBER;
      case F64_CONST ->
        Double.isNaN(Double.longBitsToDouble(instruction.operand(0))) ? EXACT : NUMBER;
      default -> instruction.opcode().name().contains("_CONVERT_") ? NUMBER : EXACT;
    };
  }

  /** Growth beyond every limit is refused and costs nothing. */
  private void payForTableGrowth() {
    int length = code.local("length", ValueTypes.I32);
    int charged = code.local("charged", ValueTypes.I32);
    code.out
        .op(OpCode.LOCAL_TEE, length)
        .op(OpCode.LOCAL_GET, length)
        .i32(0)
        .op(OpCode.LOCAL_GET, length)
        .i32(ModuleRewriter.MAX_TABLE_ELEMENTS)
        .op(OpCode.I32_LE_U)
        .op(OpCode.SELECT)
        .op(OpCode.LOCAL_SET, charged);
    pay(charged, FuelCosts.ELEMENTS_PER_UNIT_SHIFT);
  }

  /** The length is on top of the stack. */
  private void payByLength(int shift) {
    int length = code.local("length", ValueTypes.I32);
    code.out.op(OpCode.LOCAL_TEE, length);
    pay(length, shift);
  }

  private void pay(int lengthLocal, int shift) {
    code.out
        .op(OpCode.LOCAL_GET, code.fuel())
        .op(OpCode.LOCAL_GET, lengthLocal)
        .op(OpCode.I64_EXTEND_I32_U)
        .i64(shift)
        .op(OpCode.I64_SHR_U)
        .op(OpCode.I64_SUB)
        .op(OpCode.LOCAL_SET, code.fuel());
    code.storeFuel();
    code.checkFuel(code.out);
  }

  private void call(int function, Instruction instruction) throws UnsupportedModule {
    boolean isHost = module.isImported(function);
    if (isHost) {
      control.pay(FuelCosts.HOST_CALL);
    }
    boolean isCalleeWeighed = !isHost && module.isWeighed(function);
    invoke(module.functionType(function), instruction, isHost, isCalleeWeighed);
  }

  private void callIndirect(Instruction instruction) throws UnsupportedModule {
    floats.exposeBelow(1, type(instruction).parameters().size());
    stack.pop(1);
    invoke(type(instruction), instruction, false, true);
  }

  private Signature type(Instruction indirect) {
    return module.type(Math.toIntExact(indirect.operand(0)));
  }

  private void invoke(
      Signature callee, Instruction instruction, boolean isHost, boolean isCalleeWeighed)
      throws UnsupportedModule {
    floats.expose(callee.parameters().size());
    stack.pop(callee.parameters().size());
    code.storeFuel();
    if (isCalleeWeighed) {
      code.storeDepth();
    }
    Instructions.write(instruction, code.out);
    if (!isHost) {
      code.loadFuel();
    }
    callee.results().forEach(result -> stack.push(result, EXACT));
  }

  private void select(Instruction instruction) throws UnsupportedModule {
    byte chosen = floats.beforeSelect();
    byte selected = stack.type(1);
    stack.pop(3);
    Instructions.write(instruction, code.out);
    stack.push(selected, chosen);
  }
}
