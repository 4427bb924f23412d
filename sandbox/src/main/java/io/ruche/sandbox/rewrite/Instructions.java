package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;

/** Writes a parsed instruction back, by the kinds of its operands. */
final class Instructions {
  private Instructions() {}

  static void write(Instruction instruction, WasmWriter out) throws UnsupportedModule {
    var code = instruction.opcode();
    out.op(code);
    int next = 0;
    var signature = OpCode.signature(code);
    for (int i = 0; i < signature.size(); i++) {
      switch (signature.get(i)) {
        case VARUINT -> out.unsigned(instruction.operand(next++));
        case VARSINT32, VARSINT64 -> out.signed(instruction.operand(next++));
        case FLOAT32 -> out.littleEndian(instruction.operand(next++), Float.BYTES);
        case FLOAT64 -> out.littleEndian(instruction.operand(next++), Double.BYTES);
        case BLOCK_TYPE -> writeBlockType(instruction.operand(next++), out);
        case MEMARG -> {
          out.unsigned(instruction.operand(next)).unsigned(instruction.operand(next + 1));
          next += 3;
        }
        case VEC_VARUINT -> {
          int count = instruction.operandCount() - next - (signature.size() - 1 - i);
          out.unsigned(count);
          for (int left = count; left > 0; left--) {
            out.unsigned(instruction.operand(next++));
          }
        }
        case VEC_VALUE_TYPE -> {
          out.unsigned(instruction.operandCount());
          for (; next < instruction.operandCount(); next++) {
            out.octet(ValueTypes.of(instruction.operand(next)));
          }
        }
        case BYTE, V128, VEC_CATCH -> throw new UnsupportedModule("not supported: " + code);
      }
    }
  }

  static void writeBlockType(long operand, WasmWriter out) throws UnsupportedModule {
    if (operand == ValueTypes.NO_VALUE) {
      out.octet(ValueTypes.NO_VALUE);
    } else if (isValueType(operand)) {
      out.octet(ValueTypes.of(operand));
    } else {
      out.signed(operand);
    }
  }

  static boolean isValueType(long operand) {
    return ValType.ID.isValidOpcode((int) operand);
  }
}
