package io.ruche.sandbox.rewrite;

import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** Types of values as their byte in the binary format. */
final class ValueTypes {
  static final byte I32 = 0x7f;
  static final byte I64 = 0x7e;
  static final byte F32 = 0x7d;
  static final byte F64 = 0x7c;
  static final byte FUNCTION = 0x70;
  static final byte EXTERN = 0x6f;
  static final byte NO_VALUE = 0x40;

  private ValueTypes() {}

  static boolean isFloat(byte type) {
    return type == F32 || type == F64;
  }

  static byte of(ValType type) throws UnsupportedModule {
    return of(type.id());
  }

  static byte[] of(List<ValType> types) throws UnsupportedModule {
    var bytes = new byte[types.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = of(types.get(i));
    }
    return bytes;
  }

  /** From the parser's number of a type. */
  static byte of(long id) throws UnsupportedModule {
    if (id == ValType.I32.id()) {
      return I32;
    } else if (id == ValType.I64.id()) {
      return I64;
    } else if (id == ValType.F32.id()) {
      return F32;
    } else if (id == ValType.F64.id()) {
      return F64;
    } else if (id == ValType.FuncRef.id()) {
      return FUNCTION;
    } else if (id == ValType.ExternRef.id()) {
      return EXTERN;
    }
    throw new UnsupportedModule(
        id == ValType.V128.id()
            ? "vector instructions (SIMD) are not supported"
            : "typed references and garbage-collected types are not supported");
  }
}
