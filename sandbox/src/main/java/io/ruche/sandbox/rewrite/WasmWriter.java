package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.OpCode;
import java.io.ByteArrayOutputStream;

/** Bytes of the binary format. */
final class WasmWriter {
  private static final int TWO_BYTE_CODES = 0xff;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  WasmWriter octet(int value) {
    bytes.write(value);
    return this;
  }

  WasmWriter raw(byte[] source) {
    bytes.writeBytes(source);
    return this;
  }

  WasmWriter raw(byte[] source, int from, int to) {
    bytes.write(source, from, to - from);
    return this;
  }

  WasmWriter unsigned(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes.write((int) left);
    return this;
  }

  WasmWriter signed(long value) {
    long left = value;
    while (left < -64 || left > 63) {
      bytes.write((int) (left & 0x7f) | 0x80);
      left >>= 7;
    }
    bytes.write((int) (left & 0x7f));
    return this;
  }

  /** The lowest {@code count} bytes, the lowest first. */
  WasmWriter littleEndian(long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  WasmWriter text(String ascii) {
    unsigned(ascii.length());
    ascii.chars().forEach(bytes::write);
    return this;
  }

  WasmWriter op(OpCode code) {
    if (code.opcode() <= TWO_BYTE_CODES) {
      return octet(code.opcode());
    }
    return octet(code.opcode() >> 8).unsigned(code.opcode() & 0xff);
  }

  WasmWriter op(OpCode code, long operand) {
    return op(code).unsigned(operand);
  }

  WasmWriter i32(int value) {
    return op(OpCode.I32_CONST).signed(value);
  }

  WasmWriter i64(long value) {
    return op(OpCode.I64_CONST).signed(value);
  }

  WasmWriter emptyBlock(OpCode code) {
    return op(code).octet(ValueTypes.NO_VALUE);
  }
}
